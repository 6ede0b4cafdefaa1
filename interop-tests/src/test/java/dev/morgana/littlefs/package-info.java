/** Opens stores as recorded runs need them. */
package dev.morgana.littlefs;
