/** Optional behaviour of a store, asked for by type. */
@NullMarked
package dev.morgana.spi.facet;

import org.jspecify.annotations.NullMarked;
