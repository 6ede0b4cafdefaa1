package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.PeerVolume;
import dev.morgana.embedkv.record.StoredRecord;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The peers' calls with the peers' own steps and answers; one call at a time. */
public final class PeerSession implements Session {
    private final PeerVolume volume;
    private final StoreLock lock;

    /** A session that owns the devices of its volume. What they say against being closed goes to the consumer. */
    public PeerSession(PeerVolume volume, Consumer<DeviceException> closeFailures) {
        this.volume = volume;
        this.lock = new StoreLock(volume.devices().stream().map(Blocks::device).toList(), closeFailures);
    }

    @Override
    public StorageHeader header() {
        lock.requireOpen();
        return volume.header();
    }

    @Override
    public int replicas() {
        lock.requireOpen();
        return volume.replicas();
    }

    @Override
    public void recover() throws StoreException {
        lock.publishing(() -> {
            volume.recover();
            return true;
        });
    }

    @Override
    public void buildIndex() throws StoreException {
        lock.publishing(() -> {
            volume.buildIndex();
            return true;
        });
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return lock.publishing(() -> volume.get(key));
    }

    @Override
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        lock.publishing(() -> {
            volume.put(key, value, userFlags);
            return true;
        });
    }

    @Override
    public boolean delete(byte[] key) throws StoreException {
        return lock.publishing(() -> volume.delete(key));
    }

    @Override
    public List<byte[]> keys() throws StoreException {
        return lock.publishing(() -> volume.keys().stream().map(byte[]::clone).toList());
    }

    @Override
    public OptionalLong userFlags(byte[] key) throws StoreException {
        Optional<StoredRecord> found = lock.publishing(() -> volume.find(key));
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.get().userFlags());
    }

    @Override
    public OptionalLong generation(byte[] key) throws StoreException {
        Optional<StoredRecord> found = lock.publishing(() -> volume.find(key));
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.get().generation());
    }

    @Override
    public void close() {
        lock.close();
    }
}
