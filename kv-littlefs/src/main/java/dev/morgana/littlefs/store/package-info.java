/** The stores of this module: keys to operations on the file system, locking, errors, and the tool facets. */
@NullMarked
package dev.morgana.littlefs.store;

import org.jspecify.annotations.NullMarked;
