package stranger;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A stranger's format: a magic and lines {@code hex key=hex value}, rewritten as a whole. Not safe against power loss. */
public class ToyFormat implements StoreProvider {
    public static final Option<String> NOTE = Option.text("note").byDefault("");
    private static final byte[] MAGIC = "TOY!".getBytes(StandardCharsets.UTF_8);

    /** The same format under another name, so that images are ambiguous. Not registered. */
    public static final class Twin extends ToyFormat {
        @Override
        public String format() {
            return "twin";
        }
    }

    @Override
    public String format() {
        return "toy";
    }

    @Override
    public String description() {
        return "lines of text, for tests";
    }

    @Override
    public int maxDevices() {
        return 2;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(NOTE);
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        BlockDevice device = devices.get(0);
        if (!startsWithMagic(device)) {
            return Optional.empty();
        }
        Options options = Options.none().with(NOTE, "probed");
        return Optional.of(new Identification(
                format(), "1", Confidence.CERTAIN, device.geometry(), options, List.of("magic TOY!"), List.of()));
    }

    private static boolean startsWithMagic(BlockDevice device) throws DeviceException {
        ByteBuffer magic = ByteBuffer.allocate(4);
        device.read(0, magic);
        return Arrays.equals(magic.array(), MAGIC);
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        for (BlockDevice device : devices) {
            new ToyStore(format(), List.of(device), options.get(NOTE)).save();
        }
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        BlockDevice device = devices.get(0);
        if (!startsWithMagic(device)) {
            throw new CorruptStoreException(new Position(device.name(), 0, 0, "magic"), "TOY!", "something else");
        }
        ToyStore store = new ToyStore(format(), devices, options.get(NOTE));
        store.load();
        return store;
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        Store store = open(devices, options);
        return new Inspection() {
            @Override
            public Optional<StoreInfo> info() {
                return Optional.of(store.info());
            }

            @Override
            public <F extends Facet> Optional<F> facet(Class<F> type) {
                return store.facet(type);
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    private static final class ToyStore implements FlatStore {
        private final String format;
        private final List<BlockDevice> devices;
        private final BlockDevice device;
        private final String note;
        private final Map<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);

        ToyStore(String format, List<BlockDevice> devices, String note) {
            this.format = format;
            this.devices = devices;
            this.device = devices.get(0);
            this.note = note;
        }

        void load() throws StoreException {
            ByteBuffer all =
                    ByteBuffer.allocate(Math.toIntExact(device.geometry().sizeBytes()));
            device.read(0, all);
            String text = new String(all.array(), StandardCharsets.ISO_8859_1).substring(4);
            var hex = java.util.HexFormat.of();
            text.substring(0, text.indexOf('.'))
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> {
                        int equals = line.indexOf('=');
                        values.put(hex.parseHex(line.substring(0, equals)), hex.parseHex(line.substring(equals + 1)));
                    });
        }

        void save() throws StoreException {
            StringBuilder text = new StringBuilder("TOY!\n");
            var hex = java.util.HexFormat.of();
            values.forEach((k, v) -> text.append(hex.formatHex(k))
                    .append('=')
                    .append(hex.formatHex(v))
                    .append('\n'));
            byte[] bytes = text.append('.').toString().getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length > device.geometry().sizeBytes()) {
                throw new NoSpaceException("the lines");
            }
            device.erase(0);
            device.program(0, ByteBuffer.wrap(bytes));
            device.sync();
        }

        @Override
        public StoreInfo info() {
            return new StoreInfo(
                    format, "1", device.geometry(), device.isReadOnly(), Limits.NONE, Set.of(), Map.of("note", note));
        }

        @Override
        public <F extends Facet> Optional<F> facet(Class<F> type) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            return Optional.ofNullable(values.get(key)).map(byte[]::clone);
        }

        @Override
        public Optional<InputStream> open(byte[] key) {
            return get(key).map(ByteArrayInputStream::new);
        }

        @Override
        public OptionalInt read(byte[] key, long offset, ByteBuffer target) {
            byte[] value = values.get(key);
            if (value == null) {
                return OptionalInt.empty();
            }
            int start = (int) Math.min(offset, value.length);
            int count = Math.min(target.remaining(), value.length - start);
            target.put(value, start, count);
            return OptionalInt.of(count);
        }

        @Override
        public OptionalLong size(byte[] key) {
            byte[] value = values.get(key);
            return value == null ? OptionalLong.empty() : OptionalLong.of(value.length);
        }

        @Override
        public Stream<byte[]> keys() {
            return List.copyOf(values.keySet()).stream();
        }

        @Override
        public void put(byte[] key, byte[] value) throws StoreException {
            change(key, value.clone());
        }

        @Override
        public void put(byte[] key, InputStream value) throws StoreException {
            try {
                change(key, value.readAllBytes());
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new dev.morgana.spi.error.DeviceIoException(device.name(), "stream failed", 0, 0, e);
            }
        }

        private void change(byte[] key, byte[] value) throws StoreException {
            refuseIfReadOnly();
            byte[] old = values.put(key.clone(), value);
            try {
                save();
            } catch (NoSpaceException e) {
                if (old == null) {
                    values.remove(key);
                } else {
                    values.put(key, old);
                }
                throw e;
            }
        }

        @Override
        public boolean remove(byte[] key) throws StoreException {
            refuseIfReadOnly();
            boolean bound = values.remove(key) != null;
            save();
            return bound;
        }

        @Override
        public void clear() throws StoreException {
            refuseIfReadOnly();
            values.clear();
            save();
        }

        private void refuseIfReadOnly() throws ReadOnlyStoreException {
            if (device.isReadOnly()) {
                throw new ReadOnlyStoreException("change");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            try {
                for (BlockDevice each : devices) {
                    each.close();
                }
            } catch (DeviceException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
