package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.block.drivers.layer.NorDevice;
import dev.morgana.block.drivers.layer.NorRule;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The format frees a block by writing over it, which raw flash does not take; devices for it erase on their own. On one that
 * does not, the first freed block is where changes end.
 */
class NorTest {
    private static final Geometry GEOMETRY = new Geometry(1, 1, 64, 20, ErasedState.ONES);
    private static final Options FLASH = Options.none().plus("freePattern", "255");
    private static final byte[] KEY = "key".getBytes(UTF_8);

    @Test
    void refusesFurtherChangesAndKeepsWhatWasAcknowledged() throws StoreException {
        RamDevice medium = RamDevice.erased(GEOMETRY);
        List<BlockDevice> flash = List.of(NorDevice.of(medium, NorRule.BITS));
        EmbedKv.format(flash, FLASH);
        FlatStore store = EmbedKv.open(flash, FLASH).store();
        store.put(KEY, new byte[] {1});
        store.put(KEY, new byte[] {2}); // the old record is still there
        assertThatThrownBy(() -> store.put(KEY, new byte[] {3})).isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> store.remove(KEY)).isInstanceOf(DeviceException.class);
        assertThat(store.get(KEY)).hasValue(new byte[] {2});

        List<BlockDevice> again = List.of(NorDevice.of(RamDevice.of(GEOMETRY, medium.image()), NorRule.BITS));
        assertThatThrownBy(() -> EmbedKv.open(again, FLASH).store()).isInstanceOf(DeviceException.class);
        try (FlatStore readOnly =
                EmbedKv.open(again, FLASH.plus("readOnly", "true")).store()) {
            assertThat(readOnly.get(KEY)).hasValue(new byte[] {2});
        }
    }
}
