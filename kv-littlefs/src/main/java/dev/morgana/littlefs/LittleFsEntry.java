package dev.morgana.littlefs;

import dev.morgana.spi.key.Kind;

/**
 * What a directory says of one entry.
 *
 * @param kind a file or a directory
 * @param name its name: bytes without a slash; {@code /} for the root
 * @param size of a file in bytes; 0 for a directory
 */
public record LittleFsEntry(Kind kind, byte[] name, long size) {
    public LittleFsEntry {
        name = name.clone();
    }

    /**
     * The name.
     *
     * @return a copy of its bytes
     */
    @Override
    public byte[] name() {
        return name.clone();
    }
}
