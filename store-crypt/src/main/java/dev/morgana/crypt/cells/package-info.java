/**
 * The places of a store that hold what is sealed, by name: whatever the shape of the store, and whether its names are hidden.
 * Nothing here knows what is in them.
 */
@NullMarked
package dev.morgana.crypt.cells;

import org.jspecify.annotations.NullMarked;
