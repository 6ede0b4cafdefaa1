package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.facet.Reconfiguration.Outcome;
import dev.morgana.spi.facet.Reconfiguration.Setting;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.TreeState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image gets fewer blocks, as far as what is in it fits (littlefs page, section 19). */
class ShrinkTest {
    private static final int BLOCK_SIZE = 512;
    private static final int BLOCKS = 240;

    private byte[] image = new byte[0];
    private TreeState tree;

    private static RamDevice device(byte[] bytes) {
        return RamDevice.of(new Geometry(16, 16, BLOCK_SIZE, bytes.length / BLOCK_SIZE, ErasedState.ONES), bytes);
    }

    /** Files and directories all over the device. */
    @BeforeEach
    void fill() throws Exception {
        RamDevice device = RamDevice.erased(new Geometry(16, 16, BLOCK_SIZE, BLOCKS, ErasedState.ONES));
        LittleFs.format(device, Options.none());
        Random random = new Random(5);
        try (KeyValueStore store = Stores.open(device, Options.none().plus("blockCycles", "2"))) {
            for (int i = 0; i < 250; i++) {
                byte[] value = new byte[random.nextInt(3) == 0 ? random.nextInt(3000) : random.nextInt(60)];
                random.nextBytes(value);
                store.set(Key.of("d" + random.nextInt(4) + "/f" + random.nextInt(8)), value);
            }
            tree = TreeState.of(store);
        }
        image = device.image();
    }

    private static Outcome shrink(BlockDevice device, long count, boolean dryRun) throws StoreException {
        try (Inspection inspection = LittleFs.inspect(device, Options.none())) {
            return inspection
                    .facet(Reconfiguration.class)
                    .orElseThrow()
                    .reconfigure(Options.none().plus("blockCount", Long.toString(count)), dryRun);
        }
    }

    private void assertWhole(byte[] bytes, String what) throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = LittleFs.inspect(device(bytes), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        // A cut may leave a torn block of a pair, as littlefs does.
        assertThat(findings).as(what).allMatch(finding -> finding.severity() == Severity.INFO);
        try (KeyValueStore store = Stores.open(device(bytes), Options.none())) {
            assertThat(TreeState.of(store)).as(what).isEqualTo(tree);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {239, 200, 160})
    void keepsEverything(int count) throws Exception {
        RamDevice device = device(image);
        Setting setting = new Setting("blockCount", Integer.toString(BLOCKS), Integer.toString(count));
        assertThat(shrink(device(image), count, true).settings()).containsExactly(setting);
        assertThat(shrink(device, count, false).settings()).containsExactly(setting);
        byte[] shorter = Arrays.copyOf(device.image(), count * BLOCK_SIZE);
        assertWhole(shorter, "of " + count + " blocks");
        RamDevice again = device(shorter);
        try (KeyValueStore store = Stores.open(again, Options.none())) {
            assertThat(store.info().geometry().blockCount()).isEqualTo(count);
            store.set(Key.of("new"), new byte[2000]);
        }
        assertThat(shrink(device(again.image()), count, false).settings()).isEmpty();
    }

    @Test
    void isRefusedWhereNotEverythingFits() throws Exception {
        for (boolean dryRun : new boolean[] {true, false}) {
            RamDevice device = device(image);
            assertThatThrownBy(() -> shrink(device, 20, dryRun)).isInstanceOf(NoSpaceException.class);
            assertWhole(device.image(), "after a refusal");
        }
        assertThatThrownBy(() -> shrink(device(image), BLOCKS + 1, false)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> shrink(device(image), 1, false)).isInstanceOf(InvalidOptionException.class);
    }

    /** A device without power after a number of programs. */
    private static final class CutDevice extends ForwardingBlockDevice {
        private final int[] left;

        CutDevice(BlockDevice device, int... left) {
            super(device);
            this.left = left;
        }

        @Override
        protected BlockDevice wrapped(BlockDevice reshaped) {
            return new CutDevice(reshaped, left);
        }

        @Override
        public void program(long position, ByteBuffer source) throws DeviceException {
            if (left[0]-- <= 0) {
                throw new DeviceIoException(name(), "the power is off", position, source.remaining(), null);
            }
            super.program(position, source);
        }
    }

    @Test
    void survivesPowerLoss() throws Exception {
        int cuts = 0;
        boolean finished = false;
        while (!finished) {
            RamDevice device = device(image);
            try {
                shrink(new CutDevice(device, cuts), 180, false);
                finished = true;
            } catch (DeviceException e) {
                cuts++;
            }
            assertWhole(device.image(), "cut after " + cuts + " programs");
        }
        assertThat(cuts).isGreaterThan(20);
    }
}
