package dev.morgana.spi.store;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;

/**
 * One line of a listing.
 *
 * @param key the absolute key
 * @param kind what it is bound to
 */
public record Entry(Key key, Kind kind) {}
