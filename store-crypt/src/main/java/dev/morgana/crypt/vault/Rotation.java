package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.seal.Lock;
import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.seal.Secret;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.StoreInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys of a store that is open: its lock, and the data keys of its ring.
 *
 * <p>Values are rewritten in steps, after each of which the store opens with the same one key:
 *
 * <ol>
 *   <li>A header with the older data key and the new one, and the sum of the versions that the values will have. What is under the
 *       older data key counts only if it fits that sum, so nobody who knows that key can add to it.
 *   <li>Each value under the new data key. The sum stays as it is.
 *   <li>A header with the new data key alone.
 * </ol>
 */
public final class Rotation implements KeyRotation {
    private final Vault vault;
    private final SealedWriter writer;
    private final Nonces nonces;
    private final SecretReader secrets;
    private final List<String> warnings;
    private volatile Lock lock;

    public Rotation(
            Vault vault, SealedWriter writer, Lock lock, Nonces nonces, SecretReader secrets, List<String> warnings) {
        this.vault = vault;
        this.writer = writer;
        this.lock = lock;
        this.nonces = nonces;
        this.secrets = secrets;
        this.warnings = warnings;
    }

    /** What people should know of the encryption. */
    public Map<String, String> describe() {
        Terms terms = lock.terms();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("encryption", "AES-256-GCM");
        properties.put("names", terms.hiddenNames() ? "hidden" : "visible");
        properties.put("versionIndex", terms.versionIndex() ? "kept" : "none");
        properties.put("storeId", HexFormat.of().formatHex(terms.store()));
        if (terms.labelled()) {
            properties.put("label", "needed");
        }
        if (isUnfinished()) {
            properties.put("keyRotation", "unfinished");
        }
        if (!warnings.isEmpty()) {
            properties.put(StoreInfo.WARNING, String.join("; ", warnings));
        }
        return properties;
    }

    private boolean isUnfinished() {
        return ring().rewriting().isPresent();
    }

    private KeyRing ring() {
        return vault.sealer().ring();
    }

    @Override
    public void changeKey(Options key) throws StoreException {
        Secret secret = secrets.read(key);
        synchronized (vault) {
            use(lock.with(secret, nonces), vault.sealer().with(ring().next()), vault.index());
            pin();
        }
    }

    @Override
    public long rotate() throws StoreException {
        synchronized (vault) {
            if (!isUnfinished()) {
                begin(lock);
            }
            return finish();
        }
    }

    @Override
    public long replaceKey(Options key) throws StoreException {
        Secret secret = secrets.read(key);
        synchronized (vault) {
            if (isUnfinished()) {
                finish();
            }
            begin(lock.with(secret, nonces));
            return finish();
        }
    }

    @Override
    public boolean isCurrentKey(Options key) throws StoreException {
        Secret secret = secrets.read(key);
        synchronized (vault) {
            return lock.isOf(secret);
        }
    }

    @Override
    public Options settings() {
        Terms terms = lock.terms();
        Options settings = Options.none();
        settings = terms.hiddenNames() ? settings.plus("hideNames", "true") : settings;
        settings = terms.versionIndex() ? settings.plus("versionIndex", "true") : settings;
        String label = new String(lock.binding().label(), StandardCharsets.UTF_8);
        return terms.labelled() ? settings.plus("label", label) : settings;
    }

    /** Goes on with what was interrupted. If that fails, the store is open all the same, and says that it is unfinished. */
    public void resume() {
        try {
            synchronized (vault) {
                if (isUnfinished()) {
                    finish();
                }
            }
        } catch (StoreException e) {
            // Such as a value that is damaged, or no space: the owner removes it, or makes some, and calls again.
        }
    }

    /** Makes a new data key beside the older one. Until the header with both is written, nothing has changed. */
    private void begin(Lock next) throws StoreException {
        if (vault.index().isPresent()) {
            writer.resolveDoubts(vault.index().get());
        }
        List<byte[]> names = new ArrayList<>();
        vault.cells().visit(names::add);
        long largest = 0;
        for (byte[] name : names) {
            vault.verify(name);
            largest = Math.max(largest, vault.cells().size(name).orElse(0));
        }
        proveRoom(largest);
        byte[] dataKey = nonces.bytes(KeyRing.KEY_LENGTH);
        byte[] indexKey = nonces.bytes(KeyRing.KEY_LENGTH);
        Sealer planned = vault.sealer().with(ring().rewriting(dataKey, indexKey, VersionSum.NONE));
        VersionIndex index = vault.findVersions(planned);
        use(next, vault.sealer().with(ring().rewriting(dataKey, indexKey, index.sum())), Optional.of(index));
    }

    private void proveRoom(long largest) throws StoreException {
        try {
            writer.proveRoom(largest);
        } catch (NoSpaceException e) {
            throw new NoSpaceException(
                    "writing the largest value beside its old form (nothing was changed)",
                    OptionalLong.of(largest),
                    e.free());
        }
    }

    /** Rewrites what is under an older data key, and forgets that key. */
    private long finish() throws StoreException {
        VersionIndex index = vault.index().orElseThrow();
        writer.resolveDoubts(index);
        writer.putState(); // under the new data key, so that it can be opened when the older one is gone
        List<byte[]> older = index.older();
        for (int i = 0; i < older.size(); i++) {
            rewrite(index, older.get(i), older.size() - i);
        }
        Optional<VersionIndex> kept = lock.terms().versionIndex() ? Optional.of(index) : Optional.empty();
        use(lock, vault.sealer().with(ring().rewritten()), kept);
        pin();
        return older.size();
    }

    private void rewrite(VersionIndex index, byte[] name, int left) throws StoreException {
        try {
            writer.rewrite(index, name);
        } catch (NoSpaceException e) {
            throw new NoSpaceException(
                    "a value under the new data key (" + left + " are still under the old one; the key that opens the"
                            + " store now stays the one that does, and rotating again goes on when there is room)",
                    vault.cells().size(name),
                    e.free());
        }
    }

    /** Writes a header, and goes by it once it is there; also where writing it failed and it is there all the same. */
    private void use(Lock next, Sealer sealer, Optional<VersionIndex> index) throws StoreException {
        byte[] header = next.close(sealer.ring(), nonces).encode();
        try {
            writer.putHeader(header);
        } catch (StoreException e) {
            if (isThere(header, e)) {
                adopt(next, sealer, index);
            }
            throw e;
        }
        adopt(next, sealer, index);
    }

    private void adopt(Lock next, Sealer sealer, Optional<VersionIndex> index) {
        lock = next;
        vault.use(sealer, index);
    }

    /** Whether a header is in the store. If that cannot be found out, nothing is written any more: it might be under other keys. */
    private boolean isThere(byte[] header, StoreException reason) {
        try {
            return vault.cells()
                    .get(OwnNames.header())
                    .filter(found -> Arrays.equals(found, header))
                    .isPresent();
        } catch (StoreException e) {
            reason.addSuppressed(e);
            vault.writeNoMore();
            return false;
        }
    }

    /** Writes the layer's own value in the epoch of the new header, so that an older header is noticed. The change itself is done. */
    private void pin() {
        try {
            writer.putState();
            writer.keepReserve();
        } catch (StoreException e) {
            // Opening the store for writing makes up for it.
        }
    }

    /** Closes the store, and overwrites its keys in memory as far as they are arrays of this layer. */
    public void close() {
        synchronized (vault) {
            vault.close();
            lock.wipe();
        }
    }
}
