/**
 * Names of values: hierarchical keys of byte-string segments.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.key;

import org.jspecify.annotations.NullMarked;
