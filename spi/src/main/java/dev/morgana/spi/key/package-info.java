/** Names of values: hierarchical keys of byte-string segments. */
@NullMarked
package dev.morgana.spi.key;

import org.jspecify.annotations.NullMarked;
