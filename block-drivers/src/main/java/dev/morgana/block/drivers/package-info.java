/**
 * What all drivers share: the options that say how a medium is cut into blocks, and a device over anything that can read,
 * write and fill bytes.
 *
 * <p>The drivers themselves are in {@link dev.morgana.block.drivers.mem} and {@link dev.morgana.block.drivers.file}, the
 * layers over any device in {@link dev.morgana.block.drivers.layer}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.block.drivers;

import org.jspecify.annotations.NullMarked;
