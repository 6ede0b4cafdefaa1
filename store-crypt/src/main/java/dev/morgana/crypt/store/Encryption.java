package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.cells.Damage;
import dev.morgana.crypt.cells.FlatCells;
import dev.morgana.crypt.cells.HiddenKeys;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.cells.TreeCells;
import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.PasswordCost;
import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.Lock;
import dev.morgana.crypt.seal.Names;
import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.seal.Secret;
import dev.morgana.crypt.vault.Reserve;
import dev.morgana.crypt.vault.Rotation;
import dev.morgana.crypt.vault.SealedWriter;
import dev.morgana.crypt.vault.SecretReader;
import dev.morgana.crypt.vault.State;
import dev.morgana.crypt.vault.StateTokens;
import dev.morgana.crypt.vault.Vault;
import dev.morgana.crypt.vault.VersionIndex;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
        this.damage = damageOf(inner);
    }

    private static Damage damageOf(Store store) {
        return new Damage("encrypted " + store.info().format());
    }

    private static Cells cells(Store store, Optional<Names> names, Damage damage) {
        return store instanceof FlatStore flat
                ? new FlatCells(flat, names, damage)
                : new TreeCells((KeyValueStore) store, new HiddenKeys(names, damage));
    }

    /** Whether something of the layer's own is in a store, damaged or not; that the header is missing makes nothing readable. */
    public static boolean isOver(Store store) throws StoreException {
        Cells cells = cells(store, Optional.empty(), damageOf(store));
        for (byte[] name : List.of(OwnNames.header(), OwnNames.state(), OwnNames.reserve())) {
            if (cells.size(name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The check that needs no key. */
    public static Check check(Store store) {
        Damage damage = damageOf(store);
        return new UnkeyedCheck(cells(store, Optional.empty(), damage), damage);
    }

    /**
     * Prepares a new store: makes its keys. The header comes last, since the store is encrypted from then on.
     *
     * @param label see {@link dev.morgana.crypt.layout.Binding}
     * @throws InvalidOptionException if hidden names leave no room for keys
     * @throws InvalidRequestException if the store is encrypted already, or not empty: what it holds would be unreadable for ever
     * @throws dev.morgana.spi.error.LimitExceededException if a password takes more memory than there is
     */
    public void initialize(Secret secret, boolean hiddenNames, boolean versionIndex, byte[] label)
            throws StoreException {
        Cells cells = cells(inner, Optional.empty(), damage);
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
        Lock lock = Lock.first(secret, hiddenNames, versionIndex, label, nonces);
        KeyRing ring = KeyRing.first(
                nonces.bytes(KeyRing.KEY_LENGTH), nonces.bytes(KeyRing.KEY_LENGTH), nonces.bytes(KeyRing.KEY_LENGTH));
        byte[] name = OwnNames.state();
        Optional<VersionSums> sums =
                versionIndex ? Optional.of(VersionSums.settled(VersionSum.NONE)) : Optional.empty();
        cells.put(name, new Sealer(ring, lock.binding(), nonces).begin(name).seal(State.content(sums)));
        new Reserve(cells).keep();
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

    /**
     * Opens an encrypted store. Where values were being rewritten under a new data key, and the store is not read-only, that goes
     * on first.
     *
     * @param secret its key or password
     * @param demands what else is said of it
     * @param secrets reads other keys when they are changed
     * @return a store of the same shape, which owns the inner one
     * @throws dev.morgana.spi.error.CorruptStoreException if the store is not encrypted, or its header is damaged or an older one,
     *     or its values do not fit its index, or it is not in the expected state
     * @throws WrongKeyException if it is encrypted under another key, or has another label
     * @throws InvalidOptionException if it wants a password and a key was given, or the reverse, or a label, or a password that
     *     takes more than is allowed
     * @throws dev.morgana.spi.error.LimitExceededException if a password takes more memory than there is
     * @throws StoreException for these, or if the inner store fails
     */
    public Store open(Secret secret, Demands demands, SecretReader secrets) throws StoreException {
        StoreHeader header = readHeader();
        Terms terms = header.terms();
        requireTerms(terms, secret, demands);
        Lock lock = Lock.of(header, secret, demands.label());
        KeyRing ring = lock.open(header)
                .orElseThrow(() -> new WrongKeyException(
                        inner.info().format() + (terms.labelled() ? " store with this label" : " store")));
        Optional<Names> names = terms.hiddenNames() ? Optional.of(new Names(ring, lock.binding())) : Optional.empty();
        Cells cells = cells(inner, names, damage);
        Vault vault = new Vault(cells, new Sealer(ring, lock.binding(), nonces), damage);
        SealedWriter writer = new SealedWriter(vault);
        settle(vault, writer, terms, demands);
        Rotation rotation = new Rotation(vault, writer, lock, nonces, secrets, demands.warnings());
        requireState(new StateTokens(vault, writer), demands);
        if (!inner.info().readOnly()) {
            rotation.resume();
        }
        return cells instanceof FlatCells flat
                ? new CryptFlat(flat, vault, writer, rotation, names)
                : new CryptTree((TreeCells) cells, new HiddenKeys(names, damage), vault, writer, rotation);
    }

    private StoreHeader readHeader() throws StoreException {
        byte[] name = OwnNames.header();
        Cells cells = cells(inner, Optional.empty(), damage);
        OwnNames.requireSize(cells, name, StoreHeader.MOST_BYTES, damage);
        Optional<byte[]> header = cells.get(name);
        if (header.isEmpty()) {
            String none = isOver(inner) ? "none: it was removed" : "none: it is not encrypted";
            throw damage.at(name, 0, "the header of an encrypted store", none);
        }
        return StoreHeader.decode(header.get())
                .orElseThrow(() -> damage.at(name, 0, "the header of an encrypted store", "a damaged or unknown one"));
    }

    private static void requireTerms(Terms terms, Secret secret, Demands demands) throws InvalidOptionException {
        boolean password = terms.password().isPresent();
        if (password != secret instanceof Secret.Password) {
            throw new InvalidOptionException(
                    password ? "passwordFile" : "keyFile",
                    "the store is locked with a " + (password ? "password" : "key") + ", so it wants that");
        }
        if (terms.labelled() != demands.label().length > 0) {
            throw new InvalidOptionException(
                    "label",
                    terms.labelled()
                            ? "the store was made for something with a label, so it wants that"
                            : "the store has no label, so it wants none");
        }
        if (password) {
            requireBearable(terms.password().get(), demands);
        }
    }

    /** The header is not authenticated yet, and may have been written to take gigabytes or hours. */
    private static void requireBearable(PasswordCost cost, Demands demands) throws InvalidOptionException {
        if (cost.memoryBytes() > demands.kdfMemory()) {
            throw new InvalidOptionException(
                    "maxKdfMemory",
                    "a try of the password takes " + cost.memoryBytes() + " bytes of memory, and " + demands.kdfMemory()
                            + " are allowed");
        }
        if (cost.iterations() > demands.kdfTime()) {
            throw new InvalidOptionException(
                    "maxKdfTime",
                    "a try of the password takes " + cost.iterations() + " passes over its memory, and "
                            + demands.kdfTime() + " are allowed");
        }
    }

    /** Finds out whether header and values belong together, and makes up for what a power loss kept from being written. */
    private void settle(Vault vault, SealedWriter writer, Terms terms, Demands demands) throws StoreException {
        KeyRing ring = vault.sealer().ring();
        Optional<State> state = vault.readState();
        boolean accept = demands.acceptVersions();
        if (state.isEmpty() && !accept) {
            throw damage.at(OwnNames.state(), 0, "the state of an encrypted store", "none: it was removed");
        }
        if (terms.versionIndex() || ring.rewriting().isPresent()) {
            VersionIndex index = vault.findVersions(vault.sealer());
            if (accept) {
                requireNoTakeover(ring);
            } else {
                requireValues(vault, index, state.flatMap(found -> found.sums(ring)));
            }
            vault.use(vault.sealer(), Optional.of(index));
        }
        boolean behind = state.isEmpty() || state.get().epoch() < ring.epoch();
        boolean anew = accept && vault.index().isPresent();
        if ((behind || anew) && !inner.info().readOnly()) {
            writer.putState();
        }
    }

    /** While a key is being replaced, what is taken as it is would be sealed under the new one, whoever made it. */
    private void requireNoTakeover(KeyRing ring) throws InvalidOptionException {
        if (ring.rewriting().isPresent() && !inner.info().readOnly()) {
            throw new InvalidOptionException(
                    "acceptVersions",
                    "a data key is being replaced, and what somebody with the old one may have put in must not come under"
                            + " the new one; with readOnly=true, it shows what is there");
        }
    }

    private void requireValues(Vault vault, VersionIndex index, Optional<VersionSums> sums) throws StoreException {
        VersionSums wanted =
                sums.orElseThrow(() -> damage.at(OwnNames.state(), 0, "sums of versions", "something else"));
        if (vault.sealer().ring().rewriting().isEmpty()) {
            index.requireOneOf(wanted);
        } else if (!index.isOneOf(wanted)) {
            for (byte[] name : index.older()) {
                vault.verify(name); // names a value that is damaged
            }
            throw damage.at(
                    OwnNames.state(),
                    0,
                    "the values that there were when the data key began to be replaced",
                    "others: one was changed or removed without the present key; acceptVersions=true with"
                            + " readOnly=true shows what is there");
        }
    }

    private void requireState(StateTokens tokens, Demands demands) throws StoreException {
        if (demands.state().isEmpty()) {
            return;
        }
        byte[] found = tokens.stateToken();
        if (!MessageDigest.isEqual(found, demands.state().get())) {
            throw damage.at(
                    OwnNames.state(),
                    0,
                    "the state " + HexFormat.of().formatHex(demands.state().get()),
                    "state " + HexFormat.of().formatHex(found)
                            + ": an older image, or one that was changed since that state was told");
        }
    }
}
