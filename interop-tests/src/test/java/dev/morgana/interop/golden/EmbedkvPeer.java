package dev.morgana.interop.golden;

import dev.morgana.embedkv.EmbedKvHeader;
import dev.morgana.embedkv.EmbedKvSettings;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.PeerVolume;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls of the traces on the model of the peers; the devices stay open. */
record EmbedkvPeer(PeerVolume volume) implements EmbedkvCalls {
    static void format(List<BlockDevice> devices, Options options) throws StoreException {
        PeerVolume.format(devices, EmbedKvSettings.of(options));
    }

    /** Opens; without {@code rereads} what follows from memory is not read again. */
    static EmbedkvPeer open(List<BlockDevice> devices, Options options, boolean rereads, boolean lossyKeys)
            throws StoreException {
        return new EmbedkvPeer(PeerVolume.open(devices, EmbedKvSettings.of(options), rereads, lossyKeys));
    }

    @Override
    public EmbedKvHeader header() {
        StorageHeader header = volume.header();
        return new EmbedKvHeader(
                header.versionMajor(),
                header.versionMinor(),
                header.blockSize(),
                header.blockCount(),
                header.replicaId(),
                header.formatSeq(),
                header.flags());
    }

    @Override
    public int replicas() {
        return volume.replicas();
    }

    @Override
    public void recover() throws StoreException {
        volume.recover();
    }

    @Override
    public void buildIndex() throws StoreException {
        volume.buildIndex();
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return volume.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        volume.put(key, value, userFlags);
    }

    @Override
    public boolean delete(byte[] key) throws StoreException {
        return volume.delete(key);
    }

    @Override
    public List<byte[]> keys() {
        return List.copyOf(volume.keys());
    }

    @Override
    public OptionalLong userFlags(byte[] key) {
        return volume.find(key).stream().mapToLong(found -> found.userFlags()).findFirst();
    }

    @Override
    public OptionalLong generation(byte[] key) {
        return volume.find(key).stream().mapToLong(found -> found.generation()).findFirst();
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
