package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.StoreException;

/** Gives the tree that the tools look at. */
interface TreeSource {
    Tree get() throws StoreException;
}
