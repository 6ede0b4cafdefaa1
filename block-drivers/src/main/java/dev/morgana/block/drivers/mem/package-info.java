/**
 * Devices in memory: for tests, for caches, and for images that are kept in a snapshot file.
 *
 * <p>Memory is taken in chunks when something is first programmed there, so that a device may be far larger than the heap.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.block.drivers.mem;

import org.jspecify.annotations.NullMarked;
