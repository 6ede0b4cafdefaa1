package dev.morgana.spi;

/** Façade. */
public final class Morgana {
    private Morgana() {}
}
