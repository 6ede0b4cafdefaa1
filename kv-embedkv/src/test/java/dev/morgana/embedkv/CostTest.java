package dev.morgana.embedkv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each call costs: the blocks of its own record, however large the device and however many keys there are. */
class CostTest {
    private static final int BLOCK_SIZE = 64;

    /** A key of three bytes leaves 25 bytes beside it, and each further block holds 40. */
    private static final byte[] ONE_BLOCK = new byte[25];

    private static final byte[] THREE_BLOCKS = new byte[25 + 80];
    private static final byte[] KEY = Key.of("key").toBytes();

    private final List<StatisticsDevice> devices = new ArrayList<>();

    private FlatStore openWithKeys(int replicas, int blocks, int keys) throws StoreException {
        for (int i = 0; i < replicas; i++) {
            Geometry geometry = Geometry.ofBlocks(BLOCK_SIZE, blocks).withErased(ErasedState.UNDEFINED);
            devices.add(StatisticsDevice.of(RamDevice.erased(geometry)));
        }
        EmbedKv.format(List.<BlockDevice>copyOf(devices), Options.none());
        FlatStore store =
                EmbedKv.open(List.<BlockDevice>copyOf(devices), Options.none()).store();
        for (int i = 0; i < keys; i++) {
            store.put(Key.of("other" + i).toBytes(), new byte[1]);
        }
        return store;
    }

    private interface Call {
        void run() throws StoreException;
    }

    private void expectCost(Call call, int reads, int writes, int syncs) throws StoreException {
        List<Statistics> before =
                devices.stream().map(StatisticsDevice::snapshot).toList();
        call.run();
        for (int i = 0; i < devices.size(); i++) {
            Statistics from = before.get(i);
            Statistics to = devices.get(i).snapshot();
            assertThat(to.reads().calls() - from.reads().calls()).as("reads").isEqualTo(reads);
            assertThat(to.programs().calls() - from.programs().calls())
                    .as("writes")
                    .isEqualTo(writes);
            assertThat(to.syncs().calls() - from.syncs().calls()).as("syncs").isEqualTo(syncs);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 20, 0", "1, 20, 10", "1, 5000, 2000", "3, 5000, 100"})
    void dependsOnTheRecordAlone(int replicas, int blocks, int keys) throws StoreException {
        try (FlatStore store = openWithKeys(replicas, blocks, keys)) {
            expectCost(() -> store.put(KEY, ONE_BLOCK), 0, 1, 1);
            expectCost(() -> store.put(KEY, THREE_BLOCKS), 0, 3 + 1, 2);
            expectCost(() -> store.put(KEY, ONE_BLOCK), 0, 1 + 3, 2);
            expectCost(() -> store.size(KEY), 0, 0, 0);
            expectCost(() -> store.keys().close(), 0, 0, 0);
            expectCost(() -> store.remove(KEY), 0, 1, 1);
            expectCost(() -> store.remove(KEY), 0, 0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 20, 0", "1, 5000, 2000"})
    void ofReadingIsTheBlocksThatAreNeeded(int replicas, int blocks, int keys) throws StoreException {
        try (FlatStore store = openWithKeys(replicas, blocks, keys)) {
            store.put(KEY, THREE_BLOCKS);
            expectCost(() -> store.get(KEY), 3, 0, 0);
            expectCost(() -> store.read(KEY, 70, ByteBuffer.allocate(1)), 1, 0, 0);
        }
    }
}
