package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.Opener;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Values that are sealed in the cells of a store, and the version index over them, if there is one.
 *
 * <p>One thread changes something at a time. Readers take no lock: a reader that meets a change of the very value that it reads
 * may see parts of two sealed values, which do not fit together; it then reads again while nobody writes, and only what is wrong
 * then is damage.
 */
final class Vault {
    /** So many segments are read from the inner store at once where a part of a value is read. */
    private static final int SEGMENTS_AT_ONCE = 16;

    private final Cells cells;
    private final Damage damage;
    private final Optional<VersionIndex> index;
    private final Reserve reserve;
    private volatile Sealer sealer;

    Vault(Cells cells, Sealer sealer, Optional<VersionIndex> index, Damage damage) {
        this.cells = cells;
        this.sealer = sealer;
        this.index = index;
        this.damage = damage;
        this.reserve = new Reserve(cells);
    }

    /** A piece of work that may fail as a store does. */
    @FunctionalInterface
    interface Work {
        void run() throws StoreException;
    }

    private interface Reading<T> {
        T read() throws StoreException;
    }

    Cells cells() {
        return cells;
    }

    Damage damage() {
        return damage;
    }

    Optional<VersionIndex> index() {
        return index;
    }

    Sealer sealer() {
        return sealer;
    }

    /** Seals and opens under other keys from now on. */
    void use(Sealer next) {
        sealer = next;
    }

    /** Reads, and if that looks wrong, once more without a writer beside. */
    private <T> T settled(Reading<T> reading) throws StoreException {
        try {
            return reading.read();
        } catch (CorruptStoreException e) {
            synchronized (this) {
                return reading.read();
            }
        }
    }

    Optional<byte[]> get(byte[] name) throws StoreException {
        return settled(() -> {
            Optional<byte[]> sealed = cells.get(name);
            if (sealed.isEmpty()) {
                requireAbsent(name);
                return sealed;
            }
            return Optional.of(unsealed(name, sealed.get()));
        });
    }

    /** A value out of its sealed form; its version must be the right one. */
    private byte[] unsealed(byte[] name, byte[] sealed) throws StoreException {
        ValueHeader header = header(name, sealed);
        requireVersion(name, header);
        return Unsealed.whole(this, name, header, sealed);
    }

    private void requireAbsent(byte[] name) throws StoreException {
        if (index.isPresent() && !OwnNames.contain(name)) {
            index.get().require(name, Optional.empty());
        }
    }

    private void requireVersion(byte[] name, ValueHeader header) throws StoreException {
        if (index.isPresent() && !OwnNames.contain(name)) {
            index.get().require(name, Optional.of(header.version()));
        }
    }

    /** The header at the beginning of a sealed value. */
    ValueHeader header(byte[] name, byte[] sealed) throws StoreException {
        return ValueHeader.decode(sealed)
                .orElseThrow(() -> damage.at(name, 0, "the header of an encrypted value", "something else"));
    }

    /** What opens the segments of a value. */
    Opener opener(byte[] name, ValueHeader header) throws StoreException {
        return sealer.opener(header, name)
                .orElseThrow(
                        () -> damage.at(name, 1, "a generation of the key ring", "generation " + header.generation()));
    }

    Optional<InputStream> open(byte[] name) throws StoreException {
        return settled(() -> {
            Optional<InputStream> sealed = cells.open(name);
            if (sealed.isEmpty()) {
                requireAbsent(name);
                return sealed;
            }
            try {
                ValueHeader header = header(name, sealed.get().readNBytes(ValueHeader.LENGTH));
                requireVersion(name, header);
                Opener opener = opener(name, header);
                return Optional.of(new UnsealingStream(cells.store(), damage, name, opener, sealed.get()));
            } catch (IOException e) {
                throw closed(sealed.get(), e);
            }
        });
    }

    private StoreException closed(InputStream sealed, IOException e) {
        try {
            sealed.close();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
        return e instanceof StoreException known
                ? known
                : new DeviceIoException(damage.store(), "reading a value failed", 0, 0, e);
    }

    OptionalLong size(byte[] name) throws StoreException {
        return settled(() -> {
            Optional<Unsealed> value = find(name);
            return value.isPresent() ? OptionalLong.of(value.get().size()) : OptionalLong.empty();
        });
    }

    OptionalInt read(byte[] name, long offset, ByteBuffer target) throws StoreException {
        int start = target.position();
        return settled(() -> {
            target.position(start);
            Optional<Unsealed> value = find(name);
            return value.isPresent()
                    ? OptionalInt.of(value.get().read(offset, target, SEGMENTS_AT_ONCE))
                    : OptionalInt.empty();
        });
    }

    /** A value that is read in parts. */
    private Optional<Unsealed> find(byte[] name) throws StoreException {
        OptionalLong sealedSize = cells.size(name);
        Optional<ValueHeader> header = sealedSize.isPresent() ? readHeader(name) : Optional.empty();
        if (header.isEmpty()) {
            requireAbsent(name);
            return Optional.empty();
        }
        requireVersion(name, header.get());
        OptionalLong size = Segments.size(sealedSize.getAsLong());
        if (size.isEmpty()) {
            throw damage.at(name, 0, "a size that encrypted values can have", sealedSize.getAsLong() + " bytes");
        }
        return Optional.of(new Unsealed(cells, damage, name, opener(name, header.get()), size.getAsLong()));
    }

    /** The header of a value, or empty if there is none. Nothing says yet that it is the right one. */
    Optional<ValueHeader> readHeader(byte[] name) throws StoreException {
        ByteBuffer header = ByteBuffer.allocate(ValueHeader.LENGTH);
        OptionalInt count = cells.read(name, 0, header);
        if (count.isEmpty()) {
            return Optional.empty();
        }
        byte[] read = Arrays.copyOf(header.array(), count.getAsInt());
        return Optional.of(header(name, read));
    }

    void put(byte[] name, byte[] value) throws StoreException {
        apply(List.of(new Change.Put(name, value)));
    }

    synchronized void put(byte[] name, InputStream value) throws StoreException {
        Sealer.Fresh fresh = sealer.begin(name);
        change(List.of(versioned(name, fresh)), () -> cells.put(name, fresh.seal(value)));
    }

    /** Seals a value again, under the current generation. */
    synchronized void rewrite(byte[] name) throws StoreException {
        try (InputStream value = open(name).orElseThrow()) {
            Sealer.Fresh fresh = sealer.begin(name);
            change(List.of(versioned(name, fresh)), () -> cells.rewrite(name, fresh.seal(value)));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException(damage.store(), "closing a value failed", 0, 0, e);
        }
    }

    synchronized boolean remove(byte[] name) throws StoreException {
        if (cells.size(name).isEmpty()) {
            requireAbsent(name);
            return false;
        }
        apply(List.of(new Change.Remove(name)));
        return true;
    }

    static VersionIndex.Change versioned(byte[] name, Sealer.Fresh fresh) {
        return new VersionIndex.Change(name, Optional.of(fresh.version()));
    }

    /** Makes changes of different names, together if the store can, else one after the other. */
    synchronized void apply(List<Change> changes) throws StoreException {
        Optional<AtomicBatch> batch = cells.batch();
        boolean single = changes.size() == 1 && index.isEmpty();
        if (batch.isPresent() && !single) {
            applyTogether(batch.get(), changes);
        } else {
            for (Change change : changes) {
                applyAlone(change);
            }
        }
    }

    private void applyAlone(Change change) throws StoreException {
        byte[] name = change.key();
        if (change instanceof Change.Put put) {
            Sealer.Fresh fresh = sealer.begin(name);
            change(List.of(versioned(name, fresh)), () -> cells.put(name, fresh.seal(put.value())));
        } else {
            change(List.of(new VersionIndex.Change(name, Optional.empty())), () -> cells.remove(name));
        }
    }

    private void applyTogether(AtomicBatch batch, List<Change> changes) throws StoreException {
        List<VersionIndex.Change> versions = new ArrayList<>();
        List<Change> sealed = new ArrayList<>();
        for (Change change : changes) {
            byte[] name = change.key();
            if (change instanceof Change.Put put) {
                Sealer.Fresh fresh = sealer.begin(name);
                versions.add(versioned(name, fresh));
                sealed.add(new Change.Put(cells.rawKey(name), fresh.seal(put.value())));
            } else {
                versions.add(new VersionIndex.Change(name, Optional.empty()));
                sealed.add(new Change.Remove(cells.rawKey(name)));
            }
        }
        if (index.isEmpty()) {
            batch.apply(sealed);
            return;
        }
        VersionIndex kept = index.get();
        resolveDoubts(kept);
        VersionSum next = kept.after(versions);
        byte[] name = OwnNames.versions();
        sealed.add(new Change.Put(
                name, sealer.begin(name).seal(VersionSums.settled(next).encode())));
        kept.begin(versions);
        batch.apply(sealed);
        versions.forEach(kept::apply);
    }

    /**
     * Makes a change that the store makes as one, so that the version index is right before it and after it. The sums go into the
     * store before: a power loss leaves one of the two right.
     */
    synchronized void change(List<VersionIndex.Change> changes, Work work) throws StoreException {
        if (index.isEmpty()) {
            work.run();
        } else {
            change(index.get(), changes, Optional.empty(), work);
        }
    }

    /**
     * Makes a change that takes along every value whose name begins with a prefix; the store may do that one by one.
     *
     * @param change what is put instead, if anything
     */
    synchronized void changeWithAll(byte[] prefix, List<VersionIndex.Change> change, Work work) throws StoreException {
        if (index.isEmpty()) {
            work.run();
            return;
        }
        VersionIndex kept = index.get();
        resolveDoubts(kept);
        List<VersionIndex.Change> going = new ArrayList<>();
        for (byte[] name : kept.names()) {
            if (VersionSums.Going.begins(name, prefix)) {
                going.add(new VersionIndex.Change(name, Optional.empty()));
            }
        }
        Optional<VersionSums.Going> values = Optional.of(new VersionSums.Going(kept.after(going), prefix));
        going.addAll(change);
        change(kept, going, values, work);
    }

    private void change(
            VersionIndex kept, List<VersionIndex.Change> changes, Optional<VersionSums.Going> going, Work work)
            throws StoreException {
        resolveDoubts(kept);
        boolean removal = changes.stream().noneMatch(change -> change.version().isPresent());
        announce(new VersionSums(kept.sum(), kept.after(changes), going), removal);
        kept.begin(changes);
        work.run();
        changes.forEach(kept::apply);
        settle(kept);
        if (removal) {
            reserve.keepIfThereIsRoom();
        }
    }

    /** Writes what is going to be. Where values only go, a full store must not stand in the way. */
    private void announce(VersionSums sums, boolean removal) throws StoreException {
        if (!removal) {
            reserve.keep();
        }
        try {
            putSums(sums);
        } catch (NoSpaceException e) {
            if (!removal || !reserve.giveUp()) {
                throw e;
            }
            putSums(sums);
        }
    }

    /** Forgets the sum before the change. That may fail: both sums are in the store, and the next change forgets it instead. */
    private void settle(VersionIndex kept) {
        try {
            putSums(VersionSums.settled(kept.sum()));
        } catch (StoreException e) {
            // The change itself is done and durable, which is what the caller was promised.
        }
    }

    /** Finds out of changes that failed whether they were made all the same. */
    private void resolveDoubts(VersionIndex kept) throws StoreException {
        for (byte[] name : kept.doubtful()) {
            Optional<ValueHeader> header = readHeader(name);
            Optional<Version> version = header.map(ValueHeader::version);
            kept.require(name, version);
            kept.apply(new VersionIndex.Change(name, version));
        }
    }

    /** Writes the sums of the version index. */
    void putSums(VersionSums sums) throws StoreException {
        byte[] name = OwnNames.versions();
        cells.put(name, sealer.begin(name).seal(sums.encode()));
    }

    /** The sums that are in the store. */
    VersionSums readSums() throws StoreException {
        byte[] name = OwnNames.versions();
        byte[] bytes = get(name).orElseThrow(() -> damage.at(name, 0, "the version index", "none"));
        return VersionSums.decode(bytes)
                .orElseThrow(() -> damage.at(name, 0, "two sums of versions", bytes.length + " bytes"));
    }

    /** Takes the versions of all values into the index. */
    void findVersions() throws StoreException {
        VersionIndex kept = index.orElseThrow();
        cells.visit(name -> kept.found(
                name,
                readHeader(name)
                        .orElseThrow(() -> damage.at(name, 0, "an encrypted value", "none"))
                        .version()));
    }
}
