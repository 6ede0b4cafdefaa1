/** Options that describe themselves, so that parsing, errors, help and documentation come from one declaration. */
@NullMarked
package dev.morgana.spi.option;

import org.jspecify.annotations.NullMarked;
