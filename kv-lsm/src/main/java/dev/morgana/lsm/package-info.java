/** ekv, a transactional key-value store for raw flash: its typed interface, its options and its provider. */
@NullMarked
package dev.morgana.lsm;

import org.jspecify.annotations.NullMarked;
