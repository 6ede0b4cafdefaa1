package dev.morgana.block.drivers.layer;

import static dev.morgana.block.drivers.Bytes.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.tck.device.RamDevice;
import org.junit.jupiter.api.Test;

final class WearLimitDeviceTest {
    private static final Geometry GEOMETRY = Geometry.ofBlocks(256, 4);

    private final RamDevice medium = RamDevice.erased(GEOMETRY);

    @Test
    void aVictimWearsItsBlockOutAndKeepsItsLastValue() throws Exception {
        WearLimitDevice device = WearLimitDevice.of(medium, 3);
        Slot slot = new Slot(device, 1);
        for (long value = 1; value <= 3; value++) {
            slot.set(value);
        }
        assertThatThrownBy(() -> slot.set(4))
                .isInstanceOfSatisfying(
                        BadBlockException.class, e -> assertThat(e.block()).isEqualTo(1));
        assertThat(slot.get()).contains(3L);
        assertThat(device.erases(1)).isEqualTo(3);
        assertThat(device.erases(0)).isZero();
        new Slot(device, 2).set(5);
    }

    @Test
    void viewsWearTheSameBlocks() throws Exception {
        WearLimitDevice device = WearLimitDevice.of(medium, 2);
        BlockDevice large = device.reshape(Geometry.ofBlocks(512, 2));
        BlockDevice small = device.reshape(Geometry.ofBlocks(64, 16));
        large.erase(0);
        small.erase(3);
        assertThat(device.erases(0)).isEqualTo(2);
        assertThat(device.erases(1)).isEqualTo(1);
        assertThatThrownBy(() -> large.erase(0)).isInstanceOf(BadBlockException.class);
        assertThat(device.erases(1)).as("worn by a refused erase").isEqualTo(1);
        device.erase(1);
        assertThatThrownBy(() -> small.erase(7))
                .isInstanceOfSatisfying(
                        BadBlockException.class, e -> assertThat(e.block()).isEqualTo(7));
    }

    @Test
    void theProviderTakesTheLimit() throws Exception {
        BlockDevice device = new WearLimitLayer().wrap(medium, options("cycles", "1"));
        device.erase(0);
        assertThatThrownBy(() -> device.erase(0)).isInstanceOf(BadBlockException.class);
    }

    @Test
    void theProviderNeedsTheLimit() {
        assertThatThrownBy(() -> new WearLimitLayer().wrap(medium, options()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll("cycles", "needed");
        assertThatThrownBy(() -> WearLimitDevice.of(medium, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
