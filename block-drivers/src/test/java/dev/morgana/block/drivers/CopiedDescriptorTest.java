package dev.morgana.block.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.block.drivers.unix.NativeDriver;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that another thread starts has a copy of every open descriptor for a moment. The copies here last longer, so that the
 * moment need not be met.
 */
class CopiedDescriptorTest {
    /** What the drivers do not need. */
    public interface Copies {
        /** Copies a descriptor, as a fork does with all of them. */
        int dup(int descriptor);

        /** Closes a descriptor. */
        int close(int descriptor);
    }

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    static Stream<BlockDeviceProvider> drivers() {
        return Stream.of(new FileDriver(), new NativeDriver());
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void lockOfAClosedDeviceIsGone(BlockDeviceProvider driver) throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not list the descriptors of a process");
        Copies libc = LibraryLoader.create(Copies.class).load("c");
        Path image = Files.write(folder.resolve("image.bin"), new byte[8192]);
        List<Integer> copies = new ArrayList<>();
        try {
            try (var device = driver.open(image.toString(), AccessMode.READ_WRITE, Options.none())) {
                assertThat(device.geometry().sizeBytes()).isEqualTo(8192);
                for (int descriptor : descriptors(image)) {
                    copies.add(libc.dup(descriptor));
                }
            }
            assertThat(copies).isNotEmpty().doesNotContain(-1);
            driver.open(image.toString(), AccessMode.READ_WRITE, Options.none()).close();
        } finally {
            copies.forEach(libc::close);
        }
    }

    private static List<Integer> descriptors(Path image) throws IOException {
        List<Integer> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            for (Path descriptor : (Iterable<Path>) all::iterator) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, image)) {
                    found.add(Integer.valueOf(descriptor.getFileName().toString()));
                }
            }
        }
        return found;
    }
}
