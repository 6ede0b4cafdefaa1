package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.Name;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.vault.Unsealed;
import dev.morgana.crypt.vault.Vault;
import dev.morgana.crypt.vault.VersionIndex;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import java.util.Map;
import java.util.Optional;

/** Reading visible names in their order, with the values as they were when the scan began. */
final class SealedScan implements OrderedScan {
    private final OrderedScan inner;
    private final Vault vault;

    SealedScan(OrderedScan inner, Vault vault) {
        this.inner = inner;
        this.vault = vault;
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) throws StoreException {
        synchronized (vault) { // so that the versions are those of the snapshot
            Cursor cursor = inner.scan(range, direction);
            return new SealedCursor(cursor, vault, vault.sealer(), vault.index().map(VersionIndex::snapshot));
        }
    }

    /** A cursor keeps the keys of its time, as it keeps the values: those of a key that is replaced meanwhile stay readable. */
    private record SealedCursor(Cursor inner, Vault vault, Sealer keys, Optional<Map<Name, Version>> versions)
            implements Cursor {
        @Override
        public boolean next() throws StoreException {
            boolean found = inner.next();
            while (found && OwnNames.contain(inner.key())) {
                found = inner.next();
            }
            return found;
        }

        @Override
        public byte[] key() {
            return inner.key();
        }

        @Override
        public long size() throws StoreException {
            return value().length; // what the size of the sealed value says is not authenticated
        }

        @Override
        public byte[] value() throws StoreException {
            byte[] name = inner.key();
            byte[] sealed = inner.value();
            ValueHeader header = vault.header(name, sealed);
            if (versions.isPresent() && !header.version().equals(versions.get().get(new Name(name)))) {
                throw vault.damage().at(name, 0, "the version that was written last", "another one");
            }
            return Unsealed.whole(vault, name, vault.opener(keys, name, header), sealed);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
