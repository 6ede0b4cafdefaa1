/**
 * The one hierarchy of checked errors: one class per cause that a caller can act on, damage with its position.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.error;

import org.jspecify.annotations.NullMarked;
