package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.util.List;

/** Directories are removed and replaced only while they have no entries. */
final class EmptyDirectories {
    private EmptyDirectories() {}

    /**
     * Refuses a directory that has entries.
     *
     * @throws KeyExistsException if so; it names the first
     * @throws StoreException for this, or if the directory cannot be read
     */
    static void require(Key key, Directory directory) throws StoreException {
        List<DirectoryEntry> entries = directory.entries();
        if (!entries.isEmpty()) {
            var first = entries.get(0).entry();
            Kind kind = first.isDirectory() ? Kind.DICTIONARY : Kind.VALUE;
            throw PeerError.NOTEMPTY.on(
                    new KeyExistsException(key.child(first.name().toBytes()), kind));
        }
    }
}
