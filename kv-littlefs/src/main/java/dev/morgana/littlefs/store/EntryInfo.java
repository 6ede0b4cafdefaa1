package dev.morgana.littlefs.store;

import dev.morgana.spi.key.Kind;

/**
 * What a directory says of one entry.
 *
 * @param kind a file or a directory
 * @param name its bytes, owned by whoever gets this
 * @param size of a file in bytes; 0 for a directory
 */
public record EntryInfo(Kind kind, byte[] name, long size) {}
