package dev.morgana.crypt.store;

import dev.morgana.crypt.vault.Vault;
import dev.morgana.spi.store.KeyValueStore;
import java.util.function.BooleanSupplier;

/**
 * An encrypted tree as its open values need it.
 *
 * @param tree the tree
 * @param vault its lock is held while a value changes
 * @param bounds of names and values
 * @param open whether the tree is not closed yet
 */
record OpenTree(KeyValueStore tree, Vault vault, Bounds bounds, BooleanSupplier open) {}
