package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.TransferException;
import dev.morgana.spi.key.Key;
import java.util.Arrays;

/** Paths from outside, which may hold anything, made into those of entries. */
final class EntryPaths {
    private EntryPaths() {}

    /**
     * The path that an archive names, without a leading {@code ./}.
     *
     * @throws TransferException if it is absolute, or leads out of where it is unpacked
     */
    static byte[] inside(byte[] name) throws TransferException {
        boolean here = name.length >= 2 && name[0] == '.' && name[1] == '/';
        Key key = Key.ofBytes(here ? Arrays.copyOfRange(name, 2, name.length) : name);
        if (name.length > 0 && name[0] == '/') {
            throw new TransferException(
                    Key.escape(name) + ": the archive names an absolute path; make it with relative ones");
        }
        if (key.reservedSegment() != null) {
            throw new TransferException(Key.escape(name) + ": the path in the archive contains " + key.reservedSegment()
                    + ", which leads elsewhere");
        }
        return key.toBytes();
    }

    /** A name below a path; the empty path is the root. */
    static byte[] below(byte[] path, byte[] name) {
        return Key.ofBytes(path).child(name).toBytes();
    }

    /**
     * The key of a path, for what takes keys alone.
     *
     * @throws TransferException if the path is a raw key of a flat store that is not a key of a tree
     */
    static Key key(byte[] path) throws TransferException {
        Key key = Key.ofBytes(path);
        if (!Arrays.equals(key.toBytes(), path)) {
            throw new TransferException(
                    Key.escape(path) + ": this key of a flat store is not a path; use JSON or CSV for it");
        }
        return key;
    }
}
