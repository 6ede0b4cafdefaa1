package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.cells.Damage;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.cells.WatchedStream;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.Opener;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
public final class Vault {
    /** So many segments are read from the inner store at once where a part of a value is read. */
    private static final int SEGMENTS_AT_ONCE = 16;

    /** No state that is written is larger. */
    private static final long LARGEST_STATE = Segments.sealedSize(VersionSums.length(SealedWriter.MOST_AT_ONCE));

    private final Cells cells;
    private final Damage damage;
    private volatile Optional<VersionIndex> index = Optional.empty();
    private volatile Sealer sealer;
    private volatile boolean writable = true;

    public Vault(Cells cells, Sealer sealer, Damage damage) {
        this.cells = cells;
        this.sealer = sealer;
        this.damage = damage;
    }

    private interface Reading<T> {
        T read() throws StoreException;
    }

    public Cells cells() {
        return cells;
    }

    public Damage damage() {
        return damage;
    }

    public Optional<VersionIndex> index() {
        return index;
    }

    public Sealer sealer() {
        return sealer;
    }

    /** Seals and opens under other keys from now on, and goes by another index, or by none. */
    public synchronized void use(Sealer next, Optional<VersionIndex> nextIndex) {
        sealer = next;
        index = nextIndex;
    }

    /** Refuses to seal anything until the store is opened again. */
    synchronized void writeNoMore() {
        writable = false;
    }

    /**
     * What seals new values.
     *
     * @throws InvalidRequestException if it is not known which keys the store has now
     */
    public Sealer writing() throws InvalidRequestException {
        if (!writable) {
            throw new InvalidRequestException(
                    "whether the last change of keys was made could not be found out; open the store again");
        }
        return sealer;
    }

    /** Closes the store, and overwrites its keys in memory. Whoever still reads is told that it is closed. */
    synchronized void close() {
        cells.store().close();
        sealer.ring().wipe();
    }

    /** Reads, and if that looks wrong, once more without a writer beside: one may have changed it, or closed the store. */
    private <T> T settled(Reading<T> reading) throws StoreException {
        try {
            return reading.read();
        } catch (CorruptStoreException e) {
            synchronized (this) {
                return reading.read();
            }
        }
    }

    public Optional<byte[]> get(byte[] name) throws StoreException {
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
        return Unsealed.whole(this, name, opener(name, header), sealed);
    }

    void requireAbsent(byte[] name) throws StoreException {
        Optional<VersionIndex> kept = index;
        if (kept.isPresent() && !OwnNames.contain(name)) {
            kept.get().require(name, Optional.empty());
        }
    }

    private void requireVersion(byte[] name, ValueHeader header) throws StoreException {
        Optional<VersionIndex> kept = index;
        if (kept.isPresent() && !OwnNames.contain(name)) {
            kept.get().require(name, Optional.of(header.version()));
        }
    }

    /** The header at the beginning of a sealed value. */
    public ValueHeader header(byte[] name, byte[] sealed) throws StoreException {
        return ValueHeader.decode(sealed)
                .orElseThrow(() -> damage.at(name, 0, "the header of an encrypted value", "something else"));
    }

    /** What opens the segments of a value, under the keys that there are now. */
    public Opener opener(byte[] name, ValueHeader header) throws StoreException {
        return opener(sealer, name, header);
    }

    /** What opens the segments of a value, under the keys of a time. */
    public Opener opener(Sealer keys, byte[] name, ValueHeader header) throws StoreException {
        return keys.opener(header, name)
                .orElseThrow(() -> damage.at(
                        name,
                        1,
                        "an epoch that the key ring has a key of, "
                                + keys.ring().dataKeys().firstKey() + " to "
                                + keys.ring().epoch(),
                        header.epoch() > keys.ring().epoch()
                                ? "epoch " + header.epoch() + ", so that the header of the store is an older one"
                                : "epoch " + header.epoch() + ", of a key that was replaced"));
    }

    public Optional<InputStream> open(byte[] name) throws StoreException {
        return settled(() -> {
            Optional<InputStream> sealed = cells.open(name);
            if (sealed.isEmpty()) {
                requireAbsent(name);
                return sealed;
            }
            try {
                ValueHeader header = header(name, sealed.get().readNBytes(ValueHeader.LENGTH));
                requireVersion(name, header);
                return Optional.of(unsealing(name, header, sealed.get()));
            } catch (IOException e) {
                throw closed(sealed.get(), e);
            }
        });
    }

    /** A value out of its sealed form, whose header was read. */
    private InputStream unsealing(byte[] name, ValueHeader header, InputStream sealed) throws StoreException {
        return new UnsealingStream(cells.store(), damage, name, opener(name, header), sealed);
    }

    private StoreException closed(InputStream sealed, IOException e) {
        try {
            sealed.close();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
        return failed(e);
    }

    public OptionalLong size(byte[] name) throws StoreException {
        return settled(() -> {
            Optional<Unsealed> value = find(name);
            return value.isPresent() ? OptionalLong.of(value.get().size()) : OptionalLong.empty();
        });
    }

    public OptionalInt read(byte[] name, long offset, ByteBuffer target) throws StoreException {
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

    /** Reads a value whole, for nothing but to see whether it is right; a name that is not bound any more is. */
    public void verify(byte[] name) throws StoreException {
        Optional<InputStream> value = open(name);
        if (value.isPresent()) {
            try (InputStream stream = value.get()) {
                stream.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private StoreException failed(IOException e) {
        return e instanceof StoreException known
                ? known
                : new DeviceIoException(damage.store(), "reading a value failed", 0, 0, e);
    }

    /** The layer's own value; empty if it is missing. */
    public Optional<State> readState() throws StoreException {
        byte[] name = OwnNames.state();
        OwnNames.requireSize(cells, name, LARGEST_STATE, damage);
        Optional<byte[]> sealed = cells.get(name);
        return sealed.isEmpty()
                ? Optional.empty()
                : Optional.of(State.of(header(name, sealed.get()), unsealed(name, sealed.get())));
    }

    /** An index of the versions that all values have, under the keys of a time. */
    public VersionIndex findVersions(Sealer keys) throws StoreException {
        VersionIndex found = new VersionIndex(keys.hashes(), damage);
        cells.visit(name -> {
            ValueHeader header = readHeader(name).orElseThrow(() -> damage.at(name, 0, "an encrypted value", "none"));
            if (keys.ring().isNewest(header.epoch())) {
                found.found(name, header.version());
            } else {
                found.foundOlder(name, header.version(), digest(name));
            }
        });
        return found;
    }

    private InputStream sealedForm(byte[] name) throws StoreException {
        return cells.open(name).orElseThrow(() -> damage.at(name, 0, "an encrypted value", "none"));
    }

    private byte[] digest(byte[] name) throws StoreException {
        SealedDigest digest = new SealedDigest();
        try (InputStream sealed = sealedForm(name)) {
            digest.over(sealed).transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw failed(e);
        }
        return digest.value();
    }

    /** Whether a value is under the newest data key and has a version. */
    boolean isWritten(byte[] name, Version version) throws StoreException {
        Optional<ValueHeader> header = readHeader(name);
        return header.isPresent()
                && sealer.ring().isNewest(header.get().epoch())
                && header.get().version().equals(version);
    }

    /** Refuses a value that is under an older data key and is not the one that the index is about. */
    void requireSource(VersionIndex kept, byte[] name) throws StoreException {
        requireSource(kept, name, digest(name));
    }

    private void requireSource(VersionIndex kept, byte[] name, byte[] digest) throws StoreException {
        if (!kept.isSource(name, digest)) {
            throw damage.at(name, 0, "the value that there was when the key was replaced", "another one");
        }
    }

    /**
     * The content of a value that is under an older data key, as it is read to be rewritten. At its end it fails if the sealed
     * value is not the one that the index is about.
     */
    InputStream source(VersionIndex kept, byte[] name) throws StoreException {
        InputStream sealed = sealedForm(name);
        SealedDigest digest = new SealedDigest();
        try {
            InputStream digested = digest.over(sealed);
            ValueHeader header = header(name, digested.readNBytes(ValueHeader.LENGTH));
            return new WatchedStream(unsealing(name, header, digested), count -> {
                if (count < 0) {
                    requireSource(kept, name, digest.value());
                }
            });
        } catch (IOException e) {
            throw closed(sealed, e);
        }
    }
}
