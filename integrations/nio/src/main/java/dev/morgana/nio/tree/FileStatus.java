package dev.morgana.nio.tree;

import dev.morgana.spi.key.Kind;
import java.time.Instant;

/**
 * What is told of a file or folder.
 *
 * @param kind which of the two it is
 * @param size of a file, in bytes; of a folder 0
 * @param modified when it was last changed, the epoch where nobody knows
 */
public record FileStatus(Kind kind, long size, Instant modified) {}
