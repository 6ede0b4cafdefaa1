package dev.morgana.block.drivers.unix;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The driver {@code native}: block devices (SD cards, eMMC partitions, loop devices), MTD flash and regular files through the
 * system's own calls, as in {@code native:/dev/sdb1}.
 *
 * <p>It works on Linux and macOS on x86-64, ARM64 and RISC-V, where jnr-ffi is on the module path or class path. A block device
 * that is mounted, or open exclusively by somebody else, is refused, for reading too. An erase of a block device leaves the
 * bytes alone unless {@code erased} says what it must leave: zeros are then left to the device where it can, ones are written.
 */
public final class NativeDriver implements BlockDeviceProvider {
    /** Whether to bypass the page cache. */
    public static final Option<Boolean> DIRECT = Option.flag("direct")
            .describe(
                    "bypass the page cache (O_DIRECT, Linux): requests must then be whole sectors, of files whole pages");

    /** Whether a block of flash that fails is marked bad on the flash itself. */
    public static final Option<Boolean> MARK_BAD = Option.flag("markBad")
            .describe("mark a block of MTD flash as bad, for ever, when a program or erase of it fails");

    private static final List<Option<?>> OPTIONS = Stream.concat(
                    GeometryOptions.all().stream(), Stream.of(DIRECT, MARK_BAD))
            .toList();

    /** For {@link java.util.ServiceLoader}. */
    public NativeDriver() {}

    @Override
    public String driver() {
        return "native";
    }

    @Override
    public String description() {
        return "block devices, MTD flash and files through the system's own calls";
    }

    @Override
    public Optional<String> unavailable() {
        if (Platform.running().isEmpty()) {
            return Optional.of("it works on Linux and macOS, on x86-64, ARM64 and RISC-V; this is "
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
        return LoadedLibc.failure();
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    /** Block devices, and the character devices of MTD. */
    @Override
    public boolean serves(Path path) {
        try {
            FileKind kind = FileKind.of(path);
            return kind == FileKind.BLOCK
                    || (kind == FileKind.CHARACTER && path.toString().startsWith("/dev/mtd"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // it does not exist, or this system knows no such kinds
        }
    }

    @Override
    public BlockDevice open(String part, AccessMode mode, Options options) throws StoreException {
        options.check(OPTIONS);
        if (part.isEmpty()) {
            throw new InvalidAddressException("native:", "names no device; native:/dev/... would be right");
        }
        String name = "native:" + part;
        Optional<String> unavailable = unavailable();
        if (unavailable.isPresent()) {
            throw new DeviceIoException(name, unavailable.get(), 0, 0, null);
        }
        try {
            return new NativeOpening(name, Path.of(part), mode, options, LoadedLibc.calls()).open();
        } catch (InvalidPathException e) {
            throw new InvalidAddressException(name, "is not a path of this system: " + e.getReason());
        }
    }
}
