package dev.morgana.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesWhatItOwnsOnce() throws Exception {
        Devices devices = new Devices(List.of(device("a"), device("b")));
        devices.close();
        devices.close();
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void closesNothingThatItHasReleased() throws Exception {
        try (Devices devices = new Devices()) {
            devices.add(device("a"));
            assertThat(devices.release()).extracting(BlockDevice::name).containsExactly("a");
            assertThat(devices.all()).isEmpty();
        }
        assertThat(closed).isEmpty();
    }

    @Test
    void closesTheOthersWhereOneFails() {
        Devices devices = new Devices(List.of(device("a!"), device("b"), device("c!")));
        assertThatThrownBy(devices::close)
                .isInstanceOf(DeviceIoException.class)
                .hasMessageContaining("a!")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("a!", "b", "c!");
    }

    @Test
    void aLayerThatFailsLeavesTheDeviceOwned() {
        assertThatThrownBy(() -> {
                    try (Devices devices = new Devices()) {
                        devices.add(device("a"));
                        devices.wrapLast(inner -> {
                            throw new DeviceIoException("a", "does not fit", 0, 0, null);
                        });
                    }
                })
                .isInstanceOf(DeviceIoException.class)
                .hasNoSuppressedExceptions();
        assertThat(closed).containsExactly("a");
    }

    /** A device that tells when it is closed, and fails then if its name ends with an exclamation mark. */
    private BlockDevice device(String name) {
        return new BlockDevice() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Geometry geometry() {
                return Geometry.ofBlocks(16, 1);
            }

            @Override
            public boolean isReadOnly() {
                return false;
            }

            @Override
            public void read(long position, ByteBuffer target) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void program(long position, ByteBuffer source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void erase(long block) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void sync() {}

            @Override
            public BlockDevice reshape(Geometry wanted) {
                return this;
            }

            @Override
            public void close() throws DeviceException {
                closed.add(name);
                if (name.endsWith("!")) {
                    throw new DeviceIoException(name, "close failed", 0, 0, null);
                }
            }
        };
    }
}
