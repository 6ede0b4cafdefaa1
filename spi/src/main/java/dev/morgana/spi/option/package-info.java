/**
 * Options that describe themselves, so that parsing, errors, help and documentation come from one declaration.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.option;

import org.jspecify.annotations.NullMarked;
