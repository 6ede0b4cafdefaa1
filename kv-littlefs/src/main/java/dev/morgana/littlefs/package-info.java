/**
 * littlefs 2.0 and 2.1, and chamelon's dialect of it: the provider and the typed entry point.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.littlefs;

import org.jspecify.annotations.NullMarked;
