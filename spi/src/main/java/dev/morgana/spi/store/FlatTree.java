package dev.morgana.spi.store;

/** A flat store as a tree of keys. */
public final class FlatTree {
    private FlatTree() {}
}
