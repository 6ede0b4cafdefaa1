package dev.morgana.block.drivers.mem;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.util.List;
import java.util.stream.Stream;

/** The driver {@code mem}: devices in memory, as in {@code mem:?size=1MiB}. */
public final class MemDriver implements BlockDeviceProvider {
    /** Where the bytes are. */
    public static final Option<MemoryKind> MEMORY = Option.choice("memory", MemoryKind.class)
            .byDefault(MemoryKind.HEAP)
            .describe("where the bytes are: on the Java heap, or in direct buffers");

    /** A file that keeps the content. */
    public static final Option<String> SNAPSHOT = Option.path("snapshot")
            .describe("image to begin with if it exists; written whole at every sync and close that follow a change");

    static final List<Option<?>> OPTIONS = Stream.concat(GeometryOptions.all().stream(), Stream.of(MEMORY, SNAPSHOT))
            .toList();

    /** For {@link java.util.ServiceLoader}. */
    public MemDriver() {}

    @Override
    public String driver() {
        return "mem";
    }

    @Override
    public String description() {
        return "memory of this process, optionally kept in a snapshot file";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public BlockDevice open(String part, AccessMode mode, Options options) throws StoreException {
        if (!part.isEmpty()) {
            throw new InvalidAddressException(
                    "mem:" + part, "memory has no name; mem:?size=... would do, and snapshot=<path> names an image");
        }
        return MemDevice.open(mode, options);
    }
}
