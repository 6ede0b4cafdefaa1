package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.cells.Work;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes the values of a vault, and what its version index says of them. One thread at a time: each method holds the vault's
 * lock, so that readers who ask for it see what is settled.
 */
public final class SealedWriter {
    /** So many values are announced together when they are removed. */
    static final int MOST_AT_ONCE = 1 << 16;

    private final Vault vault;
    private final Cells cells;
    private final Reserve reserve;

    public SealedWriter(Vault vault) {
        this.vault = vault;
        this.cells = vault.cells();
        this.reserve = new Reserve(cells);
    }

    public void put(byte[] name, byte[] value) throws StoreException {
        apply(List.of(new Change.Put(name, value)));
    }

    public void put(byte[] name, InputStream value) throws StoreException {
        synchronized (vault) {
            Sealer.Fresh fresh = vault.writing().begin(name);
            change(List.of(versioned(name, fresh)), () -> cells.put(name, fresh.seal(value)));
        }
    }

    /**
     * Seals a value under the newest data key, under the version that the index has for it already. What it is sealed from is looked
     * through before, so that nothing else is ever sealed under that version.
     */
    void rewrite(VersionIndex kept, byte[] name) throws StoreException {
        synchronized (vault) {
            Version version = kept.version(name).orElseThrow();
            if (vault.isWritten(name, version)) {
                kept.rewritten(name); // by a try that failed afterwards
                return;
            }
            vault.requireSource(kept, name);
            Sealer.Fresh fresh = vault.writing().begin(name, version);
            try (InputStream value = vault.source(kept, name)) {
                cells.rewrite(name, fresh.seal(value));
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new DeviceIoException(vault.damage().store(), "closing a value failed", 0, 0, e);
            }
            kept.rewritten(name);
        }
    }

    public boolean remove(byte[] name) throws StoreException {
        synchronized (vault) {
            if (cells.size(name).isEmpty()) {
                vault.requireAbsent(name);
                return false;
            }
            apply(List.of(new Change.Remove(name)));
            return true;
        }
    }

    public static VersionIndex.Change versioned(byte[] name, Sealer.Fresh fresh) {
        return new VersionIndex.Change(name, Optional.of(fresh.version()));
    }

    private static VersionIndex.Change gone(byte[] name) {
        return new VersionIndex.Change(name, Optional.empty());
    }

    /** Makes changes of different names, together if the store can, else one after the other. */
    public void apply(List<Change> changes) throws StoreException {
        synchronized (vault) {
            Optional<AtomicBatch> batch = cells.batch();
            boolean single = changes.size() == 1 && vault.index().isEmpty();
            if (batch.isPresent() && !single) {
                applyTogether(batch.get(), changes);
            } else {
                for (Change change : changes) {
                    applyAlone(change);
                }
            }
        }
    }

    private void applyAlone(Change change) throws StoreException {
        byte[] name = change.key();
        if (change instanceof Change.Put put) {
            Sealer.Fresh fresh = vault.writing().begin(name);
            change(List.of(versioned(name, fresh)), () -> cells.put(name, fresh.seal(put.value())));
        } else {
            change(List.of(gone(name)), () -> cells.remove(name));
        }
    }

    private void applyTogether(AtomicBatch batch, List<Change> changes) throws StoreException {
        List<VersionIndex.Change> versions = new ArrayList<>();
        List<Change> sealed = new ArrayList<>();
        for (Change change : changes) {
            byte[] name = change.key();
            if (change instanceof Change.Put put) {
                Sealer.Fresh fresh = vault.writing().begin(name);
                versions.add(versioned(name, fresh));
                sealed.add(new Change.Put(cells.rawKey(name), fresh.seal(put.value())));
            } else {
                versions.add(gone(name));
                sealed.add(new Change.Remove(cells.rawKey(name)));
            }
        }
        if (isRemoval(versions)) {
            applyTogether(batch, versions, sealed);
            reserve.keepIfThereIsRoom();
        } else {
            reserve.keep();
            applyTogether(batch, versions, sealed);
        }
    }

    private void applyTogether(AtomicBatch batch, List<VersionIndex.Change> versions, List<Change> sealed)
            throws StoreException {
        if (vault.index().isEmpty()) {
            batch.apply(sealed);
            return;
        }
        VersionIndex kept = vault.index().get();
        resolveDoubts(kept);
        sealed.add(
                new Change.Put(OwnNames.state(), sealedState(Optional.of(VersionSums.settled(kept.after(versions))))));
        kept.begin(versions);
        batch.apply(sealed);
        versions.forEach(kept::apply);
    }

    private static boolean isRemoval(List<VersionIndex.Change> changes) {
        return changes.stream().noneMatch(change -> change.version().isPresent());
    }

    /**
     * Makes a change that the store makes as one, so that the version index is right before it and after it. The sums go into the
     * store before: a power loss leaves one of the two right.
     */
    public void change(List<VersionIndex.Change> changes, Work work) throws StoreException {
        synchronized (vault) {
            change(changes, Optional.empty(), work);
        }
    }

    /**
     * Removes everything whose name begins with a prefix. Where not all of it can be announced together, it goes in pieces.
     *
     * @param whole removes all that is left of it, possibly one by one
     */
    public void removeAll(byte[] prefix, Work whole) throws StoreException {
        synchronized (vault) {
            if (vault.index().isEmpty()) {
                change(List.of(), Optional.empty(), whole);
                return;
            }
            VersionIndex kept = vault.index().get();
            resolveDoubts(kept);
            List<byte[]> names = kept.names(prefix);
            int atOnce = Math.max(1, Math.min(names.size(), mostAtOnce()));
            boolean done = false;
            while (!done) {
                boolean last = names.size() <= atOnce;
                List<byte[]> some = last ? names : names.subList(0, atOnce);
                if (removed(kept, some, last ? whole : () -> removeEach(some))) {
                    names = last ? names : names.subList(atOnce, names.size());
                    done = last;
                } else if (atOnce > 1) {
                    atOnce /= 2;
                } else {
                    throw new NoSpaceException("the note of a removal in the version index");
                }
            }
            reserve.keepIfThereIsRoom();
        }
    }

    /** Removes values that are announced together; false, and nothing was done, if there is no room to announce them. */
    private boolean removed(VersionIndex kept, List<byte[]> names, Work work) throws StoreException {
        List<VersionIndex.Change> changes =
                names.stream().map(SealedWriter::gone).toList();
        try {
            announce(kept, changes, names, true);
        } catch (NoSpaceException e) {
            return false;
        }
        carryOut(kept, changes, work);
        return true;
    }

    /**
     * Puts a value where a dictionary is, whose values go with it, possibly one by one.
     *
     * @param prefix how their names begin
     */
    public void replaceAll(byte[] prefix, VersionIndex.Change put, Work work) throws StoreException {
        synchronized (vault) {
            List<byte[]> names = vault.index().map(kept -> kept.names(prefix)).orElse(List.of());
            if (names.size() > mostAtOnce()) {
                throw new LimitExceededException(
                        "values below a dictionary that a value replaces", mostAtOnce(), names.size());
            }
            change(List.of(put), Optional.of(names), work);
        }
    }

    private void removeEach(List<byte[]> names) throws StoreException {
        for (byte[] name : names) {
            cells.remove(name);
        }
    }

    /** How many values the store can be told of in one value. */
    private int mostAtOnce() {
        OptionalLong limit = cells.store().info().limits().valueBytes();
        long room = limit.isEmpty() ? Long.MAX_VALUE : Segments.largestWithin(limit.getAsLong());
        int values = MOST_AT_ONCE;
        while (values > 0 && VersionSums.length(values) > room) {
            values /= 2;
        }
        return values;
    }

    /** Makes a change that takes along some values, if there is an index to tell of them. */
    private void change(List<VersionIndex.Change> changes, Optional<List<byte[]>> along, Work work)
            throws StoreException {
        boolean removal = isRemoval(changes);
        if (!removal) {
            reserve.keep();
        }
        if (vault.index().isEmpty()) {
            work.run();
        } else {
            VersionIndex kept = vault.index().get();
            resolveDoubts(kept);
            List<byte[]> going = along.orElse(List.of());
            List<VersionIndex.Change> all = new ArrayList<>();
            going.forEach(name -> all.add(gone(name)));
            all.addAll(changes);
            announce(kept, all, going, removal);
            carryOut(kept, all, work);
        }
        if (removal) {
            reserve.keepIfThereIsRoom();
        }
    }

    /** Writes what is going to be. Where values only go, a full store must not stand in the way. */
    private void announce(VersionIndex kept, List<VersionIndex.Change> changes, List<byte[]> going, boolean removal)
            throws StoreException {
        VersionSums sums = new VersionSums(
                kept.sum(), kept.after(changes), going.isEmpty() ? Optional.empty() : Optional.of(kept.going(going)));
        Work writing = () -> putState(Optional.of(sums));
        if (removal) {
            reserve.spendOn(writing);
        } else {
            writing.run();
        }
    }

    private void carryOut(VersionIndex kept, List<VersionIndex.Change> changes, Work work) throws StoreException {
        kept.begin(changes);
        work.run();
        changes.forEach(kept::apply);
        settle(kept);
    }

    /** Forgets the sum before the change. That may fail: both sums are in the store, and the next change forgets it instead. */
    private void settle(VersionIndex kept) {
        try {
            putState(Optional.of(VersionSums.settled(kept.sum())));
        } catch (StoreException e) {
            // The change itself is done and durable, which is what the caller was promised.
        }
    }

    /** Finds out of changes that failed whether they were made all the same. */
    void resolveDoubts(VersionIndex kept) throws StoreException {
        for (byte[] name : kept.doubtful()) {
            kept.resolve(name, vault.readHeader(name).map(ValueHeader::version));
        }
    }

    private byte[] sealedState(Optional<VersionSums> sums) throws StoreException {
        return vault.writing().begin(OwnNames.state()).seal(State.content(sums));
    }

    private void putState(Optional<VersionSums> sums) throws StoreException {
        cells.put(OwnNames.state(), sealedState(sums));
    }

    /** Writes the layer's own value anew, in the current epoch. */
    public void putState() throws StoreException {
        synchronized (vault) {
            Optional<VersionSum> sum = vault.index().map(VersionIndex::sum);
            reserve.spendOn(() -> putState(sum.map(VersionSums::settled)));
        }
    }

    /** Shows that there is room for a value of a size beside all that there is, by the reserve. */
    void proveRoom(long size) throws StoreException {
        synchronized (vault) {
            reserve.proveRoom(size);
        }
    }

    /**
     * Writes a header. If there is room for nothing else, the reserve goes for it.
     *
     * @param header in its form
     */
    void putHeader(byte[] header) throws StoreException {
        synchronized (vault) {
            reserve.spendOn(() -> cells.put(OwnNames.header(), header));
        }
    }

    /** Makes the reserve again that a change of keys may have taken. */
    void keepReserve() throws StoreException {
        synchronized (vault) {
            reserve.keepIfThereIsRoom();
        }
    }
}
