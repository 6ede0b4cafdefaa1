package dev.morgana.crypt.cells;

import dev.morgana.spi.error.StoreException;

/** A piece of work that may fail as a store does. */
@FunctionalInterface
public interface Work {
    void run() throws StoreException;
}
