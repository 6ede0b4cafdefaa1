package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.Lock;
import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.seal.Secret;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a store that is open: its lock, and the generations of its ring. */
final class Rotation implements KeyRotation {
    private final Vault vault;
    private final Nonces nonces;
    private final SecretReader secrets;
    private final boolean hiddenNames;
    private Lock lock;

    Rotation(Vault vault, Lock lock, boolean hiddenNames, Nonces nonces, SecretReader secrets) {
        this.vault = vault;
        this.lock = lock;
        this.hiddenNames = hiddenNames;
        this.nonces = nonces;
        this.secrets = secrets;
    }

    /** What people should know of the encryption. */
    Map<String, String> describe() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("encryption", "AES-256-GCM");
        properties.put("names", hiddenNames ? "hidden" : "visible");
        properties.put("versionIndex", vault.index().isPresent() ? "kept" : "none");
        if (isUnfinished()) {
            properties.put("keyRotation", "unfinished");
        }
        return properties;
    }

    private boolean isUnfinished() {
        return ring().generations().size() > 1;
    }

    private KeyRing ring() {
        return vault.sealer().ring();
    }

    @Override
    public void changeKey(Options key) throws StoreException {
        Secret secret = secrets.read(key);
        synchronized (vault) {
            Lock next = Lock.with(secret, hiddenNames, vault.index().isPresent(), nonces);
            write(next, ring());
            lock = next;
        }
    }

    @Override
    public long rotate() throws StoreException {
        synchronized (vault) {
            if (!isUnfinished()) {
                KeyRing more = ring().plus(nonces.bytes(KeyRing.KEY_LENGTH));
                write(lock, more);
                vault.use(new Sealer(more, nonces));
            }
            List<byte[]> older = older();
            for (byte[] name : older) {
                vault.rewrite(name);
            }
            Optional<VersionIndex> index = vault.index();
            if (index.isPresent()) {
                vault.putSums(VersionSums.settled(index.get().sum()));
            }
            KeyRing newest = ring().newest();
            write(lock, newest);
            vault.use(new Sealer(newest, nonces));
            return older.size();
        }
    }

    private List<byte[]> older() throws StoreException {
        List<byte[]> older = new ArrayList<>();
        vault.cells().visit(name -> {
            Optional<ValueHeader> header = vault.readHeader(name);
            if (header.isPresent() && header.get().generation() != ring().current()) {
                older.add(name);
            }
        });
        return older;
    }

    private void write(Lock used, KeyRing ring) throws StoreException {
        vault.cells().put(OwnNames.header(), used.close(ring, nonces).encode());
    }
}
