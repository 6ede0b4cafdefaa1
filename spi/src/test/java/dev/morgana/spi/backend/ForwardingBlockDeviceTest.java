package dev.morgana.spi.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingBlockDeviceTest {
    private final List<String> requests = new ArrayList<>();

    private static final class Same extends ForwardingBlockDevice {
        Same(BlockDevice device) {
            super(device);
        }

        @Override
        protected BlockDevice wrapped(BlockDevice reshaped) {
            return new Same(reshaped);
        }
    }

    @Test
    void passesEveryRequestOn() throws DeviceException {
        NotedDevice below = new NotedDevice("a", false, requests);
        BlockDevice device = new Same(below);
        device.read(3, ByteBuffer.allocate(5));
        device.program(4, ByteBuffer.allocate(6));
        device.erase(1);
        device.sync();
        assertThat(device.reshape(device.geometry())).isSameAs(device);
        BlockDevice reshaped = device.reshape(Geometry.ofBlocks(32, 1));
        assertThat(reshaped).isInstanceOf(Same.class);
        reshaped.sync();
        device.close();
        assertThat(requests)
                .containsExactly("a read 3 5", "a program 4 6", "a erase 1", "a sync", "a' sync", "a close");
        assertThat(device.name()).isEqualTo(below.name());
        assertThat(device.isReadOnly()).isFalse();
    }
}
