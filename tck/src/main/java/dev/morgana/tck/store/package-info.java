/** The contract of stores. */
@NullMarked
package dev.morgana.tck.store;

import org.jspecify.annotations.NullMarked;
