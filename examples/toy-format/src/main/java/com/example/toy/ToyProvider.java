package com.example.toy;

import com.example.toy.layout.Header;
import com.example.toy.layout.Records;
import com.example.toy.snapshot.Half;
import com.example.toy.snapshot.Halves;
import com.example.toy.store.Descriptions;
import com.example.toy.store.ToyStore;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
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
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The format {@code toy}, as {@link java.util.ServiceLoader} finds it. */
public final class ToyProvider implements StoreProvider {
    /** The unit of erasing. */
    public static final Option<Long> BLOCK_SIZE = Option.size("blockSize")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("from the first header, else the device's own")
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
        Halves halves = halves(devices, Options.none());
        for (int half = 0; half < 2; half++) {
            if (halves.examine(half) instanceof Half.Valid) {
                Geometry geometry = halves.device().geometry();
                return Optional.of(new Identification(
                        format(),
                        Descriptions.VERSION,
                        Confidence.CERTAIN,
                        geometry,
                        Options.none().with(BLOCK_SIZE, (long) geometry.blockSize()),
                        List.of("a snapshot with a right checksum in half " + half),
                        List.of()));
            }
        }
        return Optional.empty();
    }

    /** The empty snapshot takes the place of the older one, and then the other half is blanked, lest it come back. */
    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        Halves halves = halves(devices, options);
        long first = halves.examine(0).generation();
        long second = halves.examine(1).generation();
        int older = first > second ? 1 : 0;
        halves.write(older, Math.max(first, second) + 1, Records.none());
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

    /** The device under the geometry of its store. */
    private static Halves halves(List<BlockDevice> devices, Options options) throws StoreException {
        BlockDevice device = devices.get(0);
        Geometry own = device.geometry();
        Optional<Long> blockSize = options.optional(BLOCK_SIZE);
        if (blockSize.isEmpty()) {
            return new Halves(device.reshape(recorded(device).orElse(own)));
        }
        try {
            return new Halves(device.reshape(own.withUnits(
                    own.readSize(), own.programSize(), blockSize.get().intValue())));
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(BLOCK_SIZE.name(), "does not fit " + own);
        }
    }

    /** The geometry that the first header tells, if it can be true of this device. */
    private static Optional<Geometry> recorded(BlockDevice device) throws DeviceException {
        Geometry own = device.geometry();
        int unit = own.readSize();
        int length = (Header.BYTES + unit - 1) / unit * unit;
        if (length > own.sizeBytes()) {
            return Optional.empty();
        }
        ByteBuffer start = ByteBuffer.allocate(length);
        device.read(0, start);
        return Header.decode(start.array()).flatMap(header -> shaped(own, header));
    }

    private static Optional<Geometry> shaped(Geometry own, Header header) {
        try {
            Geometry told = own.withUnits(own.readSize(), own.programSize(), header.blockSize());
            return header.blockCount() <= told.blockCount()
                    ? Optional.of(told.withBlockCount(header.blockCount()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a header that lies; opening tells what is wrong
        }
    }
}
