package dev.morgana.block.drivers.mem;

import static dev.morgana.block.drivers.Bytes.filled;
import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.block.drivers.ArrayModel;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MemDeviceTest {
    private static BlockDevice open(String... namesAndValues) throws IOException {
        return new MemDriver().open("", AccessMode.CREATE, options(namesAndValues));
    }

    @Nested
    final class Opening {
        @Test
        void needsASize() {
            assertThatThrownBy(() -> open("blockSize", "512"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("size", "needed");
        }

        @Test
        void takesBlocksForASize() throws Exception {
            try (BlockDevice device = open("blockSize", "512", "blockCount", "16")) {
                assertThat(device.geometry()).isEqualTo(Geometry.ofBlocks(512, 16));
            }
        }

        @Test
        void refusesAPath() {
            assertThatThrownBy(() -> new MemDriver().open("image", AccessMode.CREATE, Options.none()))
                    .isInstanceOf(InvalidAddressException.class)
                    .hasMessageContainingAll("mem:image", "mem:?size=");
        }

        @Test
        void refusesUnknownOptions() {
            assertThatThrownBy(() -> open("size", "4096", "blokSize", "512"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("did you mean blockSize?");
        }

        @Test
        void servesNoPaths() {
            assertThat(new MemDriver().serves(Path.of("image.bin"))).isFalse();
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void isErasedInEveryMode(AccessMode mode) throws Exception {
            try (BlockDevice device = new MemDriver().open("", mode, options("size", "4096"))) {
                assertThat(read(device, 0, 4096)).isEqualTo(filled(4096, 0xff));
                assertThat(device.isReadOnly()).isEqualTo(mode == AccessMode.READ_ONLY);
            }
        }

        @ParameterizedTest
        @EnumSource(ErasedState.class)
        void readsAsItsErasedState(ErasedState erased) throws Exception {
            Geometry geometry = Geometry.ofBlocks(100, 3).withErased(erased);
            try (BlockDevice device = MemDevice.direct(geometry)) {
                assertThat(read(device, 0, 300))
                        .isEqualTo(filled(300, erased.byteValue().orElse(0)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MemoryKind.class)
    void agreesWithAnArray(MemoryKind kind) throws Exception {
        try (BlockDevice device = open("size", "100000", "blockSize", "1000", "memory", kind.name())) {
            ArrayModel.assertAgreement(device, 7);
        }
    }
}
