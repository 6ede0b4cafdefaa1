package dev.morgana.tck.reference;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the providers of both formats have in common: all but the content. */
abstract sealed class SnapshotProvider implements StoreProvider permits ReferenceProvider, ReferenceFlatProvider {
    private static final Option<Long> BLOCK_SIZE = Option.size("blockSize")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("from the first half's header, else the device's own")
            .describe("size of an erase block");

    private static final String VERSION = "1";

    private final Shape shape;
    private final Codec<?> codec;

    SnapshotProvider(Shape shape, Codec<?> codec) {
        this.shape = shape;
        this.codec = codec;
    }

    /** The payload of a fresh store. */
    abstract byte[] empty();

    /** What the store promises. */
    abstract Set<Capability> capabilities();

    /** How large names and values may be. */
    abstract Limits limits();

    /** The store on a device that holds one. */
    abstract Store open(Halves halves, boolean readOnly, InstantSource clock) throws StoreException;

    @Override
    public final String format() {
        return shape.format();
    }

    @Override
    public final List<Option<?>> options() {
        return List.of(BLOCK_SIZE, CommonOptions.READ_ONLY, CommonOptions.CLOCK);
    }

    @Override
    public final Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        Halves halves = halves(devices, Options.none());
        if (halves.capacity() < 0) {
            return Optional.empty();
        }
        Geometry geometry = halves.device().geometry();
        for (int index = 0; index < 2; index++) {
            SnapshotHalf half = halves.examine(index, shape);
            if (half.isValid()) {
                return Optional.of(new Identification(
                        format(),
                        VERSION,
                        Confidence.CERTAIN,
                        geometry,
                        Options.none().plus(BLOCK_SIZE.name(), Integer.toString(geometry.blockSize())),
                        List.of("snapshot with a right checksum in half " + index),
                        List.of()));
            }
        }
        return Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The empty snapshot takes the place of the older half, as any change does, so a power loss leaves the old store or
     * the new one; then the other half is blanked, so that nothing old can come back.
     */
    @Override
    public final void format(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        Halves halves = halves(devices, options);
        byte[] payload = empty();
        if (payload.length > halves.capacity()) {
            throw new NoSpaceException(
                    "an empty store", OptionalLong.of(payload.length), OptionalLong.of(Math.max(0, halves.capacity())));
        }
        SnapshotHalf first = halves.examine(0, shape);
        SnapshotHalf second = halves.examine(1, shape);
        SnapshotHalf newest = first.generation() > second.generation() ? first : second;
        Persistent.write(halves, shape, newest, payload);
        halves.blank(newest.index());
    }

    @Override
    public final Store open(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        Halves halves = halves(devices, options);
        if (halves.capacity() < 0) {
            throw tooSmall(halves);
        }
        InstantSource clock = options.optional(CommonOptions.CLOCK).orElse(() -> Instant.EPOCH);
        return open(halves, options.get(CommonOptions.READ_ONLY), clock);
    }

    @Override
    public final Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        Halves halves = halves(devices, options);
        if (halves.capacity() < 0) {
            throw tooSmall(halves);
        }
        Tools tools = tools(new Quiet(halves)::read);
        boolean readable =
                halves.examine(0, shape).isValid() || halves.examine(1, shape).isValid();
        return new ReferenceInspection(halves, tools, readable ? Optional.of(info(halves, true)) : Optional.empty());
    }

    /** The tools over a device. */
    final Tools tools(Tools.Access access) {
        return new Tools(access, shape, codec);
    }

    private static CorruptStoreException tooSmall(Halves halves) {
        return new CorruptStoreException(
                new Position(halves.device().name(), Position.NO_BLOCK, 0, "device"),
                "two halves of more than " + SnapshotHeader.BYTES + " bytes",
                halves.device().geometry().toString());
    }

    /** What is told of a store. */
    final StoreInfo info(Halves halves, boolean readOnly) {
        return new StoreInfo(
                format(),
                VERSION,
                halves.device().geometry(),
                readOnly,
                limits(),
                capabilities(),
                Map.of("capacity", halves.capacity() + " bytes"));
    }

    /** The device under the geometry of its store. */
    private static Halves halves(List<BlockDevice> devices, Options options) throws StoreException {
        BlockDevice device = devices.get(0);
        Optional<Long> blockSize = options.optional(BLOCK_SIZE);
        if (blockSize.isEmpty()) {
            return new Halves(device.reshape(recorded(device).orElse(device.geometry())));
        }
        Geometry own = device.geometry();
        try {
            return new Halves(device.reshape(own.withUnits(
                    own.readSize(), own.programSize(), blockSize.get().intValue())));
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(BLOCK_SIZE.name(), "does not fit " + own);
        }
    }

    /** The geometry that the first half's header tells, if it can be true of this device. */
    private static Optional<Geometry> recorded(BlockDevice device) throws DeviceException {
        Geometry own = device.geometry();
        int unit = own.readSize();
        int size = (SnapshotHeader.BYTES + unit - 1) / unit * unit;
        if (size > own.sizeBytes()) {
            return Optional.empty();
        }
        ByteBuffer start = ByteBuffer.allocate(size);
        device.read(0, start);
        try {
            SnapshotHeader header =
                    SnapshotHeader.decode(start.flip(), new Position(device.name(), 0, 0, "snapshot header"));
            Geometry told = own.withUnits(own.readSize(), own.programSize(), header.blockSize());
            boolean fits = header.blockCount() <= told.blockCount();
            return fits ? Optional.of(told.withBlockCount(header.blockCount())) : Optional.empty();
        } catch (CorruptStoreException | IllegalArgumentException e) {
            // No header, or one that lies: the device's own geometry it is, and opening tells what is wrong.
            return Optional.empty();
        }
    }

    /** A device that nobody writes to, since an inspection only reads. */
    private record Quiet(Halves halves) {
        <T> T read(Persistent.Inspector<T> inspector) throws StoreException {
            return inspector.inspect(halves);
        }
    }
}
