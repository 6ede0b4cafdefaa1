package dev.morgana.crypt.vault;

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
            use(lock.with(secret, nonces), vault.sealer().with(ring().next()));
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
        for (byte[] name : names) {
            vault.verify(name);
        }
        byte[] dataKey = nonces.bytes(KeyRing.KEY_LENGTH);
        byte[] indexKey = nonces.bytes(KeyRing.KEY_LENGTH);
        Sealer planned = vault.sealer().with(ring().rewriting(dataKey, indexKey, VersionSum.NONE));
        VersionIndex index = vault.findVersions(planned);
        use(next, vault.sealer().with(ring().rewriting(dataKey, indexKey, index.sum())));
        vault.use(Optional.of(index));
    }

    /** Rewrites what is under an older data key, and forgets that key. */
    private long finish() throws StoreException {
        VersionIndex index = vault.index().orElseThrow();
        writer.resolveDoubts(index);
        writer.putState(); // under the new data key, so that it can be opened when the older one is gone
        List<byte[]> older = index.older();
        for (byte[] name : older) {
            rewrite(index, name);
        }
        use(lock, vault.sealer().with(ring().rewritten()));
        if (!lock.terms().versionIndex()) {
            vault.use(Optional.empty());
        }
        pin();
        return older.size();
    }

    private void rewrite(VersionIndex index, byte[] name) throws StoreException {
        try {
            writer.rewrite(index, name);
        } catch (NoSpaceException e) {
            OptionalLong size = vault.cells().size(name);
            throw new NoSpaceException(
                    "a value under its new key; what is still under the old one stays readable. Remove as much, and"
                            + " rotate again: it",
                    size,
                    e.free());
        }
    }

    /** Writes a header, and goes by it once it is there. */
    private void use(Lock next, Sealer sealer) throws StoreException {
        writer.putHeader(next.close(sealer.ring(), nonces).encode());
        lock = next;
        vault.use(sealer);
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
