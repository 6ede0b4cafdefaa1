package dev.morgana.cli.image;

import dev.morgana.cli.exchange.EscapedName;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;

/** The entries that addresses name. */
public final class Entries {
    private Entries() {}

    /** The entry that an address names, the root if none. What {@code ls} prints can be given back: {@code \xNN} is a byte. */
    public static Key of(StoreAddress address) {
        Key key = Key.ROOT;
        Key written = address.entry().orElse(Key.ROOT);
        for (int i = 0; i < written.depth(); i++) {
            key = key.child(EscapedName.decode(written.segment(i)));
        }
        return key;
    }

    /** Refuses an entry where a whole image is meant. */
    public static void refuse(StoreAddress address) throws UsageException {
        if (address.entry().isPresent() && !address.entry().get().isRoot()) {
            throw new UsageException("this verb takes a whole image, not the entry "
                    + address.entry().get());
        }
    }

    /**
     * The kind of an entry that must exist.
     *
     * @throws NoSuchKeyException if it does not
     */
    public static Kind kind(ReadableStore store, Key key) throws StoreException {
        return store.kind(key).orElseThrow(() -> new NoSuchKeyException(key));
    }
}
