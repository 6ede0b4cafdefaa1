/** A model of what chamelon itself writes: what the product shares with it, under chamelon's own directories and allocator. */
package dev.morgana.littlefs.chamelon;
