/**
 * What every backend needs beside its format, for those who write backends: the life of a store and its locks
 * ({@link dev.morgana.spi.backend.StoreLife}), the list of its facets, the tools for damaged images, the streams of values, the
 * checks of arguments, the difference between damage and a device that fails ({@link dev.morgana.spi.backend.HostFailure}), names of
 * errors, and stores and devices that pass requests on. What is then left to write is the format.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.backend;

import org.jspecify.annotations.NullMarked;
