/**
 * What is in the cells of a store: values that are read and changed under its keys, the index of their versions, and the change of
 * the keys.
 */
@NullMarked
package dev.morgana.crypt.vault;

import org.jspecify.annotations.NullMarked;
