package dev.morgana.tck.reference;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.Store;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The format {@code reference-flat}: a flat store with ordered scans, atomic batches and transactions. Keys have at most 255
 * bytes and may be empty, values have at most 65535. A store is limited to what fits half of its device, and everything is
 * held in memory.
 */
public final class ReferenceFlatProvider extends SnapshotProvider {
    private static final FlatCodec CODEC = new FlatCodec();

    /** For {@link java.util.ServiceLoader}, and for tests that need a store. */
    public ReferenceFlatProvider() {
        super(Shape.FLAT, CODEC);
    }

    @Override
    public String description() {
        return "reference flat store for tests: a snapshot of everything per change, in two halves";
    }

    @Override
    byte[] empty() {
        return CODEC.encode(ReferenceFlat.noRecords());
    }

    @Override
    Set<Capability> capabilities() {
        return Set.of(Capability.ATOMIC_TREE_REMOVE, Capability.ERASE_BEFORE_WRITE, Capability.VALUE_CHECKSUMS);
    }

    @Override
    Limits limits() {
        return new Limits(
                OptionalLong.empty(),
                OptionalLong.of(FlatCodec.MAX_KEY_BYTES),
                OptionalLong.of(FlatCodec.MAX_VALUE_BYTES));
    }

    @Override
    Store open(Halves halves, boolean readOnly, InstantSource clock) throws StoreException {
        Persistent<NavigableMap<byte[], byte[]>> content = Persistent.open(halves, Shape.FLAT, CODEC, readOnly);
        return new ReferenceFlat(content, info(halves, content.isReadOnly()), tools(content::whileQuiet));
    }
}
