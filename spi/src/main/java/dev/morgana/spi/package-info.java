/**
 * Façade and providers.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi;

import org.jspecify.annotations.NullMarked;
