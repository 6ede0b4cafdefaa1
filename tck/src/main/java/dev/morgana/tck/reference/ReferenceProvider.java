package dev.morgana.tck.reference;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.Store;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The format {@code reference}: a tree with explicit dictionaries, timestamps, user attributes and atomic changes of every
 * kind. Segments and attributes have at most 255 bytes, values at most 65535, keys at most 255 segments. A store is limited
 * to what fits half of its device, and everything is held in memory.
 */
public final class ReferenceProvider extends SnapshotProvider {
    private static final TreeCodec CODEC = new TreeCodec();

    /** For {@link java.util.ServiceLoader}, and for tests that need a store. */
    public ReferenceProvider() {
        super(Shape.TREE, CODEC);
    }

    @Override
    public String description() {
        return "reference tree for tests: a snapshot of everything per change, in two halves";
    }

    @Override
    byte[] empty() {
        return CODEC.encode(Tree.EMPTY);
    }

    @Override
    Set<Capability> capabilities() {
        return Set.of(
                Capability.EXPLICIT_DICTIONARIES,
                Capability.TIMESTAMPS,
                Capability.ATOMIC_RENAME,
                Capability.ATOMIC_TREE_REMOVE,
                Capability.ERASE_BEFORE_WRITE,
                Capability.VALUE_CHECKSUMS);
    }

    @Override
    Limits limits() {
        return new Limits(
                OptionalLong.of(TreeCodec.MAX_SEGMENT_BYTES),
                OptionalLong.empty(),
                OptionalLong.of(TreeCodec.MAX_VALUE_BYTES));
    }

    @Override
    Store open(Halves halves, boolean readOnly, InstantSource clock) throws StoreException {
        Persistent<Tree> content = Persistent.open(halves, Shape.TREE, CODEC, readOnly);
        return new ReferenceTree(content, info(halves, content.isReadOnly()), clock, tools(content::whileQuiet));
    }
}
