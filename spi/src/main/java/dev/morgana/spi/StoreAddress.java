package dev.morgana.spi;

/** Address. */
public final class StoreAddress {
    private StoreAddress() {}
}
