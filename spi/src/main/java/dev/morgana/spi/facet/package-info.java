/**
 * Optional behaviour of a store, asked for by type.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.facet;

import org.jspecify.annotations.NullMarked;
