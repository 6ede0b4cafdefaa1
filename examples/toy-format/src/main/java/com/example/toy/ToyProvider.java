package com.example.toy;

import com.example.toy.layout.Header;
import com.example.toy.layout.Records;
import com.example.toy.snapshot.Halves;
import com.example.toy.snapshot.ImageGeometry;
import com.example.toy.store.Descriptions;
import com.example.toy.store.ToyStore;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import java.util.List;
import java.util.Optional;

/** The format {@code toy}, as {@link java.util.ServiceLoader} finds it. */
public final class ToyProvider implements StoreProvider {
    /** The unit of erasing. */
    public static final Option<Long> BLOCK_SIZE = Option.size("blockSize")
            .range(Header.BYTES, Integer.MAX_VALUE)
            .defaultRule("from a header, else the device's own")
            .describe("size of a block");

    /** Creates the provider. */
    public ToyProvider() {}

    @Override
    public String format() {
        return Descriptions.FORMAT;
    }

    @Override
    public String description() {
        return "an example: two snapshots in turn";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(BLOCK_SIZE, CommonOptions.READ_ONLY);
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        Optional<Halves> found = ImageGeometry.find(devices.get(0));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Geometry geometry = found.get().device().geometry();
        return Optional.of(new Identification(
                format(),
                Descriptions.VERSION,
                Confidence.CERTAIN,
                geometry,
                Options.none().with(BLOCK_SIZE, (long) geometry.blockSize()),
                List.of("a snapshot with a right checksum"),
                List.of()));
    }

    /** The empty snapshot takes the place of the older one, and then the other half is blanked, lest it come back. */
    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        Halves halves = halves(devices, options);
        long first = halves.examine(0).generation();
        long second = halves.examine(1).generation();
        int older = first > second ? 1 : 0;
        long newest = Math.max(first, second);
        if (newest == Header.MAX_GENERATION) {
            halves.blank(older);
            halves.blank(1 - older);
            newest = 0;
        }
        halves.write(older, newest + 1, Records.none());
        halves.blank(1 - older);
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        Halves halves = halves(devices, options);
        return ToyStore.open(
                halves, options.get(CommonOptions.READ_ONLY) || halves.device().isReadOnly());
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        return ToyStore.inspect(halves(devices, options));
    }

    /** The device under the geometry that its image tells, or else the options and the device do. */
    private static Halves halves(List<BlockDevice> devices, Options options) throws StoreException {
        BlockDevice device = devices.get(0);
        Optional<Long> blockSize = options.optional(BLOCK_SIZE);
        Optional<Halves> found = ImageGeometry.find(device);
        if (found.isPresent()
                && blockSize.orElse((long) found.get().device().geometry().blockSize())
                        == found.get().device().geometry().blockSize()) {
            return found.get();
        }
        Geometry own = device.geometry();
        try {
            Geometry wanted = blockSize.isEmpty()
                    ? own
                    : own.withUnits(
                            own.readSize(), own.programSize(), blockSize.get().intValue());
            return new Halves(device.reshape(wanted.withBlockCount(Math.min(wanted.blockCount(), Integer.MAX_VALUE))));
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(BLOCK_SIZE.name(), "does not fit " + own);
        }
    }
}
