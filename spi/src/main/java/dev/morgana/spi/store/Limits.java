package dev.morgana.spi.store;

import java.util.OptionalLong;

/**
 * How large names and values of a store may be. Empty means: no limit but the space.
 *
 * @param segmentBytes longest segment of a key
 * @param keyBytes longest key, segments joined by {@code '/'}
 * @param valueBytes largest value
 */
public record Limits(OptionalLong segmentBytes, OptionalLong keyBytes, OptionalLong valueBytes) {
    /** No limits. */
    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
