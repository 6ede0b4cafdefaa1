package dev.morgana.crypt.store;

import java.util.List;
import java.util.Optional;

/**
 * What the opener of a store says beside the key.
 *
 * @param label what the store belongs to, in UTF-8; empty for nothing
 * @param acceptVersions whether to take the values that are there, whatever the version index says
 * @param state the token of the state that the store must be in, if that matters
 * @param kdfMemory the most memory in bytes that a password may take
 * @param kdfTime the most passes over it
 * @param warnings what people should be told of what the opener named
 */
public record Demands(
        byte[] label,
        boolean acceptVersions,
        Optional<byte[]> state,
        long kdfMemory,
        long kdfTime,
        List<String> warnings) {}
