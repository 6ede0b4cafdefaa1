package dev.morgana.tck.reference;

import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.TreeRules;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Open values. What the options mean is decided here; the handle itself is told what to do. */
final class TreeFiles implements FileHandles {
    private static final Set<StandardOpenOption> KNOWN = EnumSet.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW);

    private final ReferenceTree store;

    TreeFiles(ReferenceTree store) {
        this.store = store;
    }

    @Override
    public FileHandle open(Key key, Set<StandardOpenOption> options) throws StoreException {
        boolean append = options.contains(StandardOpenOption.APPEND);
        boolean write = append || options.contains(StandardOpenOption.WRITE);
        boolean read = options.contains(StandardOpenOption.READ) || !write;
        boolean truncate = write && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (!KNOWN.containsAll(options) || (append && (truncate || options.contains(StandardOpenOption.READ)))) {
            throw new IllegalArgumentException("options " + options + " contradict each other or are not known");
        }
        if (write && store.info().readOnly()) {
            throw new ReadOnlyStoreException("open for writing");
        }
        boolean create = write && isToBeCreated(key, options);
        byte[] bytes = create || truncate ? new byte[0] : store.get(key);
        return new BufferedHandle(
                store, key, new BufferedHandle.Access(read, write, append), bytes, create || truncate);
    }

    /** Whether the key is missing and is to appear. */
    private boolean isToBeCreated(Key key, Set<StandardOpenOption> options) throws StoreException {
        Optional<Kind> kind = store.kind(key);
        boolean createNew = options.contains(StandardOpenOption.CREATE_NEW);
        if (createNew && kind.isPresent()) {
            throw new KeyExistsException(key, kind.get());
        }
        if (kind.isPresent() && kind.get() == Kind.DICTIONARY) {
            throw new ValueExpectedException(key);
        }
        if (kind.isPresent() || !(createNew || options.contains(StandardOpenOption.CREATE))) {
            return false;
        }
        TreeRules.checkSet(Lookup.in(store, key), false);
        ReferenceTree.checkLimits(key);
        if (store.kind(key.parent()).isEmpty()) {
            throw new NoSuchKeyException(key);
        }
        return true;
    }
}
