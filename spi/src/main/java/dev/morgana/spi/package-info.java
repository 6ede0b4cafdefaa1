/** Façade and providers. */
@NullMarked
package dev.morgana.spi;

import org.jspecify.annotations.NullMarked;
