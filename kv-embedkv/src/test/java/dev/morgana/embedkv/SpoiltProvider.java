package dev.morgana.embedkv;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** embedkv, except that something happens to the replicas once they are formatted. */
record SpoiltProvider(Harm harm) implements StoreProvider {
    private static final EmbedKvProvider INNER = new EmbedKvProvider();

    /** What happens. */
    interface Harm {
        void to(Replicas replicas) throws StoreException;
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        INNER.format(devices, options);
        List<byte[]> images = new ArrayList<>();
        for (BlockDevice device : devices) {
            byte[] image = new byte[Math.toIntExact(device.geometry().sizeBytes())];
            device.read(0, ByteBuffer.wrap(image));
            images.add(image);
        }
        Replicas replicas = new Replicas(devices.get(0).geometry().blockSize(), images);
        harm.to(replicas);
        for (int i = 0; i < devices.size(); i++) {
            devices.get(i).program(0, ByteBuffer.wrap(replicas.image(i)));
            devices.get(i).sync();
        }
    }

    @Override
    public String format() {
        return INNER.format();
    }

    @Override
    public String description() {
        return INNER.description();
    }

    @Override
    public int maxDevices() {
        return INNER.maxDevices();
    }

    @Override
    public List<Option<?>> options() {
        return INNER.options();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return INNER.probe(devices);
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        return INNER.open(devices, options);
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return INNER.inspect(devices, options);
    }
}
