/**
 * The adapter that gives every flat store the shape of a tree.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.spi.adapter;

import org.jspecify.annotations.NullMarked;
