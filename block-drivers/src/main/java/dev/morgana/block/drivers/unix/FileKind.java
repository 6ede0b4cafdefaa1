package dev.morgana.block.drivers.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a path leads to. */
enum FileKind {
    REGULAR(0x8000),
    BLOCK(0x6000),
    CHARACTER(0x2000),
    DIRECTORY(0x4000),
    OTHER(-1);

    private static final int TYPE_BITS = 0xf000;

    private final int type;

    FileKind(int type) {
        this.type = type;
    }

    static FileKind of(Path path) throws IOException {
        int type = (Integer) Files.getAttribute(path, "unix:mode") & TYPE_BITS;
        for (FileKind kind : values()) {
            if (kind.type == type) {
                return kind;
            }
        }
        return OTHER;
    }
}
