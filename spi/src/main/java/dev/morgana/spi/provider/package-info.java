/** What a backend, a driver or a layer implements to be found through {@link java.util.ServiceLoader}. */
@NullMarked
package dev.morgana.spi.provider;

import org.jspecify.annotations.NullMarked;
