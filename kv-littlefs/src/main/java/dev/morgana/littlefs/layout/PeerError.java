package dev.morgana.littlefs.layout;

import dev.morgana.spi.backend.NativeCode;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;

/** The C implementation's names of errors (section 2.3), for {@link StoreException#nativeCode()}. */
public enum PeerError implements NativeCode {
    /** Device failure. */
    IO,
    /** Damaged structure, or a block that cannot be used. */
    CORRUPT,
    /** Nothing there. */
    NOENT,
    /** A file where a directory is needed. */
    NOTDIR,
    /** A directory where a file is needed. */
    ISDIR,
    /** A parameter or an image that the driver refuses. */
    INVAL,
    /** Something there that must not be. */
    EXIST,
    /** A directory that is not empty. */
    NOTEMPTY,
    /** A file handle that was not opened for this, or is closed. */
    BADF,
    /** A file that would become too large. */
    FBIG,
    /** No free block, or no room for an attribute. */
    NOSPC,
    /** A name that is too long. */
    NAMETOOLONG,
    /** No such attribute. */
    NOATTR;

    @Override
    public String code() {
        return name();
    }

    /** Damage at a place, named {@link #CORRUPT}. */
    public static CorruptStoreException corrupt(Position position, String expected, String found) {
        return CORRUPT.on(new CorruptStoreException(position, expected, found));
    }
}
