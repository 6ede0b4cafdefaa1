/**
 * What every backend needs beside its format, for those who write backends: the life of a store and its locks, the list of its
 * facets, the tools for damaged images, the two kinds of streams, the checks of arguments, and stores and devices that pass
 * requests on. Backends of formats begin at their format.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.backend;

import org.jspecify.annotations.NullMarked;
