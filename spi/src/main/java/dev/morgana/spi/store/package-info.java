/**
 * Stores: flat ones (bytes to bytes) and trees of keys, and the adapter between them.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.store;

import org.jspecify.annotations.NullMarked;
