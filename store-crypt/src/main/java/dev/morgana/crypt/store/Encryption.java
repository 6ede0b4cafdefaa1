package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.Lock;
import dev.morgana.crypt.seal.Names;
import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.seal.Secret;
import dev.morgana.crypt.seal.VersionHashes;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Puts encryption over stores. */
public final class Encryption {
    /** Hidden names that leave less room than this for keys are not worth having. */
    private static final long LEAST_KEY = 24;

    private final Store inner;
    private final Nonces nonces;
    private final Damage damage;

    /** Encryption over a store, which stays the caller's until it was opened. */
    public Encryption(Store inner, Nonces nonces) {
        this.inner = inner;
        this.nonces = nonces;
        this.damage = new Damage("encrypted " + inner.info().format());
    }

    /**
     * Prepares a new store: makes its keys. The header comes last, since the store is encrypted from then on.
     *
     * @throws InvalidOptionException if hidden names leave no room for keys
     * @throws InvalidRequestException if the store is encrypted already, or not empty: what it holds would be unreadable for ever
     */
    public void initialize(Secret secret, boolean hiddenNames, boolean versionIndex) throws StoreException {
        Cells cells = cells(Optional.empty());
        requireEmpty(cells);
        Bounds bounds = inner instanceof FlatStore
                ? Bounds.flat(inner.info().limits(), hiddenNames)
                : Bounds.tree(inner.info().limits(), hiddenNames);
        OptionalLong keyBytes = bounds.limits().keyBytes();
        if (hiddenNames && keyBytes.isPresent() && keyBytes.getAsLong() < LEAST_KEY) {
            throw new InvalidOptionException(
                    "hideNames",
                    "would leave keys of " + Math.max(0, keyBytes.getAsLong())
                            + " bytes; format the store for longer keys");
        }
        KeyRing ring = new KeyRing(
                nonces.bytes(KeyRing.KEY_LENGTH), new TreeMap<>(Map.of(1, nonces.bytes(KeyRing.KEY_LENGTH))));
        if (versionIndex) {
            byte[] name = OwnNames.versions();
            byte[] sums = VersionSums.settled(VersionSum.NONE).encode();
            cells.put(name, new Sealer(ring, nonces).begin(name).seal(sums));
        }
        Lock lock = Lock.with(secret, hiddenNames, versionIndex, nonces);
        cells.put(OwnNames.header(), lock.close(ring, nonces).encode());
    }

    /** What an interrupted initialization has left is of the layer's own, and in nobody's way. */
    private static void requireEmpty(Cells cells) throws StoreException {
        if (cells.get(OwnNames.header()).isPresent()) {
            throw new InvalidRequestException(
                    "the store is encrypted already; another key for it comes with rekey, and an empty store"
                            + " with formatting");
        }
        Optional<byte[]> found = cells.anyRawKey();
        if (found.isPresent()) {
            throw new InvalidRequestException("the store holds " + Key.escape(found.get())
                    + "; only an empty one can be made an encrypted one, so convert it into another image");
        }
    }

    private Cells cells(Optional<Names> names) {
        return inner instanceof FlatStore flat
                ? new FlatCells(flat, names, damage)
                : new TreeCells((KeyValueStore) inner, new HiddenKeys(names, damage));
    }

    /**
     * Opens an encrypted store.
     *
     * @param secret its key or password
     * @param acceptVersions whether to take the values that are there, whatever the version index says
     * @param secrets reads other keys when they are changed
     * @return a store of the same shape, which owns the inner one
     * @throws dev.morgana.spi.error.CorruptStoreException if the store is not encrypted, or its header or index are damaged
     * @throws WrongKeyException if it is encrypted under another key
     * @throws InvalidOptionException if it wants a password and a key was given, or the reverse
     * @throws StoreException for these, or if the inner store fails
     */
    public Store open(Secret secret, boolean acceptVersions, SecretReader secrets) throws StoreException {
        StoreHeader header = readHeader();
        Terms terms = header.terms();
        requireKind(terms, secret);
        Lock lock = Lock.of(header, secret);
        KeyRing ring = lock.open(header)
                .orElseThrow(() -> new WrongKeyException(inner.info().format() + " store"));
        Optional<Names> names = terms.hiddenNames() ? Optional.of(new Names(ring)) : Optional.empty();
        Optional<VersionIndex> index = terms.versionIndex()
                ? Optional.of(new VersionIndex(new VersionHashes(ring), damage))
                : Optional.empty();
        Cells cells = cells(names);
        Vault vault = new Vault(cells, new Sealer(ring, nonces), index, damage);
        if (index.isPresent()) {
            loadIndex(vault, index.get(), acceptVersions);
        }
        Rotation rotation = new Rotation(vault, lock, terms.hiddenNames(), nonces, secrets);
        return cells instanceof FlatCells flat
                ? new CryptFlat(flat, vault, rotation, names)
                : new CryptTree((TreeCells) cells, new HiddenKeys(names, damage), vault, rotation);
    }

    private StoreHeader readHeader() throws StoreException {
        byte[] name = OwnNames.header();
        byte[] bytes = cells(Optional.empty())
                .get(name)
                .orElseThrow(() -> damage.at(name, 0, "the header of an encrypted store", "none: it is not encrypted"));
        return StoreHeader.decode(bytes)
                .orElseThrow(() -> damage.at(name, 0, "the header of an encrypted store", "a damaged or unknown one"));
    }

    private static void requireKind(Terms terms, Secret secret) throws InvalidOptionException {
        boolean password = terms.password().isPresent();
        if (password != secret instanceof Secret.Password) {
            throw new InvalidOptionException(
                    password ? "passwordFile" : "keyFile",
                    "the store is locked with a " + (password ? "password" : "key") + ", so it wants that");
        }
    }

    private void loadIndex(Vault vault, VersionIndex index, boolean accept) throws StoreException {
        vault.findVersions();
        if (!accept) {
            index.requireOneOf(vault.readSums());
        } else if (!inner.info().readOnly()) {
            vault.putSums(VersionSums.settled(index.sum()));
        }
    }
}
