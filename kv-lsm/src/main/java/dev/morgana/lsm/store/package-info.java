/** The store, its transactions and its tools. */
@NullMarked
package dev.morgana.lsm.store;

import org.jspecify.annotations.NullMarked;
