package dev.morgana.cli.verb.maintenance;

import dev.morgana.spi.key.Key;

/**
 * One entry that is not the same in two trees.
 *
 * @param key its key
 * @param mark {@code -} if it is in the first alone, {@code +} if in the second alone, {@code ~} if in both
 * @param what what differs, for people
 */
record Difference(Key key, char mark, String what) {}
