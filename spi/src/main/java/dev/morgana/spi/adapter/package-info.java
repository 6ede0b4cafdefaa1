/** The adapter that gives every flat store the shape of a tree. */
@NullMarked
package dev.morgana.spi.adapter;

import org.jspecify.annotations.NullMarked;
