/**
 * Block devices: what a flash part, a file or a memory area offers to a store, and its geometry.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.block;

import org.jspecify.annotations.NullMarked;
