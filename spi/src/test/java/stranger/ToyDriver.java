package stranger;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stranger's driver: media by name in a table, and a count of the devices that are open. */
public final class ToyDriver implements BlockDeviceProvider {
    public static final Option<Long> SIZE =
            Option.size("toySize").range(16, 1 << 20).byDefault(256L);
    public static final Map<String, byte[]> MEDIA = new TreeMap<>();
    public static final List<String> OPEN = new ArrayList<>();

    @Override
    public String driver() {
        return "toydev";
    }

    @Override
    public String description() {
        return "media in a table, for tests";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(SIZE);
    }

    @Override
    public boolean serves(Path path) {
        return MEDIA.containsKey(path.toString());
    }

    @Override
    public BlockDevice open(String part, AccessMode mode, Options options) throws StoreException {
        options.check(options());
        if (mode == AccessMode.CREATE) {
            MEDIA.computeIfAbsent(part, name -> new byte[option(options)]);
        }
        byte[] bytes = MEDIA.get(part);
        if (bytes == null) {
            throw new DeviceIoException("toydev:" + part, "does not exist", 0, 0, null);
        }
        OPEN.add(part);
        return new ToyDevice(part, bytes, mode == AccessMode.READ_ONLY);
    }

    private static int option(Options options) {
        try {
            return Math.toIntExact(options.get(SIZE));
        } catch (StoreException e) {
            throw new IllegalStateException("was checked", e);
        }
    }

    private record ToyDevice(String part, byte[] bytes, boolean isReadOnly) implements BlockDevice {
        @Override
        public String name() {
            return "toydev:" + part;
        }

        @Override
        public Geometry geometry() {
            return Geometry.ofBlocks(bytes.length, 1);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            geometry().checkRead(position, target.remaining());
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public void program(long position, ByteBuffer source) throws DeviceReadOnlyException {
            geometry().checkProgram(position, source.remaining());
            refuseIfReadOnly("program");
            source.get(bytes, (int) position, source.remaining());
        }

        @Override
        public void erase(long block) throws DeviceReadOnlyException {
            refuseIfReadOnly("erase");
            Arrays.fill(bytes, (byte) 0xff);
        }

        private void refuseIfReadOnly(String operation) throws DeviceReadOnlyException {
            if (isReadOnly) {
                throw new DeviceReadOnlyException(name(), operation);
            }
        }

        @Override
        public void sync() {}

        @Override
        public BlockDevice reshape(Geometry wanted) {
            return this;
        }

        @Override
        public void close() {
            OPEN.remove(part);
        }
    }
}
