/**
 * Devices around a device: what one sees of it ({@link dev.morgana.block.drivers.layer.PartitionDevice},
 * {@link dev.morgana.block.drivers.layer.ReadOnlyDevice}), what happens to it
 * ({@link dev.morgana.block.drivers.layer.StatisticsDevice}), and what can go wrong with it
 * ({@link dev.morgana.block.drivers.layer.NorDevice}, {@link dev.morgana.block.drivers.layer.PowerCutDevice},
 * {@link dev.morgana.block.drivers.layer.BadBlockDevice}, {@link dev.morgana.block.drivers.layer.WearLimitDevice},
 * {@link dev.morgana.block.drivers.layer.ReadFailDevice}).
 *
 * <p>A layered device owns the inner one and closes it. A view that {@code reshape} gives is layered as well and shares the
 * state of the layer: its counters, its switch, its bad blocks. Layers are safe for use by many threads.
 *
 * <pre>
 *   store
 *     │
 *   nor          refuses what flash refuses
 *   powercut     below nor, because a torn erase writes into programmed units
 *   stats        at the bottom it counts what reaches the medium, at the top what the store asks for
 *     │
 *   mem, file
 * </pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.block.drivers.layer;

import org.jspecify.annotations.NullMarked;
