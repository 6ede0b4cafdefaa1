package dev.morgana.block.drivers.layer;

import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceReadOnlyException;
import dev.morgana.tck.device.RamDevice;
import org.junit.jupiter.api.Test;

final class ReadOnlyDeviceTest {
    @Test
    void aVictimCannotWriteAndCanRead() throws Exception {
        RamDevice medium = RamDevice.erased(Geometry.ofBlocks(256, 4));
        new Slot(medium, 1).set(1);
        BlockDevice device = new ReadOnlyLayer().wrap(medium, options());
        Slot slot = new Slot(device, 1);
        assertThatThrownBy(() -> slot.set(2)).isInstanceOf(DeviceReadOnlyException.class);
        assertThatThrownBy(() -> slot.write(2)).isInstanceOf(DeviceReadOnlyException.class);
        assertThat(slot.get()).contains(1L);
    }

    @Test
    void requestsThatAreTheCallersBugStaySo() {
        BlockDevice device = ReadOnlyDevice.of(RamDevice.erased(Geometry.ofBlocks(256, 4)));
        assertThatThrownBy(() -> device.erase(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> program(device, 1024, (byte) 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
