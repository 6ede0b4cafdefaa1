/**
 * What a backend, a driver or a layer implements to be found through {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.provider;

import org.jspecify.annotations.NullMarked;
