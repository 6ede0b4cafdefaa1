package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.facet.Reconfiguration.Outcome;
import dev.morgana.spi.facet.Reconfiguration.Setting;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An image has the version that it was made with until somebody asks for a newer one (littlefs page, section 7.5). */
class KeptVersionTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 512, 200, ErasedState.ONES);
    private static final int CHANGES = 400;

    private RamDevice device = RamDevice.erased(GEOMETRY);

    @BeforeEach
    void format() throws Exception {
        LittleFs.format(device, Options.none().plus("diskVersion", "2.0"));
    }

    private void change(long seed) throws Exception {
        Random random = new Random(seed);
        try (KeyValueStore store = Stores.open(device, Options.none().plus("blockCycles", "3"))) {
            for (int i = 0; i < CHANGES; i++) {
                Key key = Key.of("d" + random.nextInt(3) + "/f" + random.nextInt(12));
                switch (random.nextInt(4)) {
                    case 0 -> store.remove(key);
                    case 1 -> {
                        Key other = Key.of("d" + random.nextInt(3) + "/g" + random.nextInt(5));
                        if (store.kind(key).isPresent()) {
                            store.rename(key, other, RenameMode.EXACT);
                        }
                    }
                    default -> store.set(key, new byte[random.nextInt(900)]);
                }
            }
            store.facet(GarbageCollection.class).orElseThrow().collect();
        }
        device = RamDevice.of(GEOMETRY, device.image());
    }

    /** How many commits in any block, stale ones too, tell what stands behind them. */
    private int forwardCrcs() throws Exception {
        int count = 0;
        Blocks blocks = new Blocks(device, GEOMETRY.blockCount());
        for (long block = 0; block < GEOMETRY.blockCount(); block++) {
            LogReader log = new LogReader(blocks.window(block), Dialect.LITTLEFS);
            for (LogItem item = log.next(); item != null; item = log.next()) {
                count += item instanceof LogItem.Entry && item.tag().is(TagType.FORWARD_CRC) ? 1 : 0;
            }
        }
        return count;
    }

    private String version() throws Exception {
        try (KeyValueStore store = Stores.open(copy(), Options.none().with(CommonOptions.READ_ONLY, true))) {
            return store.info().version();
        }
    }

    private RamDevice copy() {
        return RamDevice.of(GEOMETRY, device.image());
    }

    private Outcome reconfigure(String wanted, boolean dryRun, Options options) throws StoreException {
        try (Inspection inspection = LittleFs.inspect(device, options)) {
            Outcome outcome = inspection
                    .facet(Reconfiguration.class)
                    .orElseThrow()
                    .reconfigure(Options.none().plus("diskVersion", wanted), dryRun);
            device = copy();
            return outcome;
        }
    }

    @Test
    void staysThroughEveryChange() throws Exception {
        change(1);
        assertThat(version()).isEqualTo("2.0");
        assertThat(forwardCrcs()).isZero();
    }

    @Test
    void isRaisedOnRequest() throws Exception {
        change(2);
        byte[] before = device.image();
        Setting raised = new Setting("diskVersion", "2.0", "2.1");
        assertThat(reconfigure("2.1", true, Options.none()).settings()).containsExactly(raised);
        assertThat(device.image()).isEqualTo(before);
        Outcome outcome = reconfigure("2.1", false, Options.none());
        assertThat(outcome.settings()).containsExactly(raised);
        assertThat(outcome.entries()).isGreaterThan(3);
        assertThat(version()).isEqualTo("2.1");
        assertThat(reconfigure("2.1", false, Options.none()).settings()).isEmpty();
        change(3);
        assertThat(forwardCrcs()).isPositive();
    }

    @Test
    void isNotLowered() throws Exception {
        reconfigure("2.1", false, Options.none());
        byte[] before = device.image();
        assertThatThrownBy(() -> reconfigure("2.0", false, Options.none()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("2.1 stays one");
        assertThat(device.image()).isEqualTo(before);
    }

    @Test
    void isNotRaisedWhereNothingMayBeWritten() {
        Options readOnly = Options.none().with(CommonOptions.READ_ONLY, true);
        assertThatThrownBy(() -> reconfigure("2.1", false, readOnly)).isInstanceOf(ReadOnlyStoreException.class);
    }
}
