package dev.morgana.block.drivers.layer;

import static dev.morgana.block.drivers.Bytes.program;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatisticsDeviceTest {
    private static final Geometry GEOMETRY = new Geometry(1, 4, 256, 4, ErasedState.ONES);

    private final BadBlocks bad = new BadBlocks();
    private final StatisticsDevice device = StatisticsDevice.of(BadBlockDevice.of(RamDevice.erased(GEOMETRY), bad));

    private static OperationCount count(long calls, long bytes) {
        return new OperationCount(calls, bytes, 0, 0);
    }

    @Test
    void callsAndBytesAreCounted() throws Exception {
        read(device, 0, 10);
        read(device, 100, 3);
        program(device, 260, new byte[8]);
        device.erase(1);
        device.erase(1);
        device.erase(3);
        device.sync();
        Statistics statistics = device.snapshot();
        assertThat(statistics.reads()).isEqualTo(count(2, 13));
        assertThat(statistics.programs()).isEqualTo(count(1, 8));
        assertThat(statistics.erases()).isEqualTo(count(3, 768));
        assertThat(statistics.syncs()).isEqualTo(count(1, 0));
        assertThat(statistics.blocks()).isEqualTo(Map.of(256L, new BlockCount(2, 1), 768L, new BlockCount(1, 0)));
        assertThat(statistics.block(GEOMETRY.startOf(1))).isEqualTo(new BlockCount(2, 1));
        assertThat(statistics.block(0)).isEqualTo(new BlockCount(0, 0));
        assertThat(statistics).hasToString("reads 2 (13 bytes), programs 1 (8 bytes), erases 3 (768 bytes), syncs 1");
    }

    @Test
    void failedCallsCountAndAreToldApart() throws Exception {
        bad.mark(1, BlockFault.PROGRAM_ERROR);
        bad.mark(2, BlockFault.ERASE_ERROR);
        bad.mark(3, BlockFault.READ_ERROR);
        assertThatThrownBy(() -> program(device, 256, new byte[4])).isInstanceOf(BadBlockException.class);
        assertThatThrownBy(() -> device.erase(2)).isInstanceOf(BadBlockException.class);
        assertThatThrownBy(() -> read(device, 768, 7)).isInstanceOf(BadBlockException.class);
        Statistics statistics = device.snapshot();
        assertThat(statistics.programs()).isEqualTo(new OperationCount(1, 4, 1, 4));
        assertThat(statistics.erases()).isEqualTo(new OperationCount(1, 256, 1, 256));
        assertThat(statistics.reads()).isEqualTo(new OperationCount(1, 7, 1, 7));
    }

    @Test
    void refusedAndEmptyRequestsDoNotCount() throws Exception {
        program(device, 0, new byte[0]);
        read(device, 0, 0);
        assertThatThrownBy(() -> program(device, 1, new byte[4])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> program(device, -4, new byte[4])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> device.erase(4)).isInstanceOf(IllegalArgumentException.class);
        device.close();
        assertThatThrownBy(device::sync).isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> read(device, 0, 1)).isInstanceOf(DeviceException.class);
        assertThat(device.snapshot()).isEqualTo(new StatisticsRecorder().snapshot());
    }

    @Test
    void viewsAndDevicesMayShareARecorder() throws Exception {
        BlockDevice view = device.reshape(Geometry.ofBlocks(64, 8));
        BlockDevice other = StatisticsDevice.of(RamDevice.erased(GEOMETRY), device.recorder());
        view.erase(5);
        device.erase(1);
        other.erase(1);
        assertThat(device.snapshot().erases()).isEqualTo(count(3, 64 + 256 + 256));
        assertThat(device.snapshot().blocks())
                .isEqualTo(Map.of(320L, new BlockCount(1, 0), 256L, new BlockCount(2, 0)));
    }

    @Test
    void resetBeginsAgain() throws Exception {
        device.erase(1);
        Statistics before = device.snapshot();
        device.recorder().reset();
        assertThat(device.snapshot()).isEqualTo(new StatisticsRecorder().snapshot());
        assertThat(before.erases().calls()).isEqualTo(1);
    }

    @Test
    void memoryIsBounded() throws Exception {
        StatisticsRecorder recorder = new StatisticsRecorder(2);
        BlockDevice counted = StatisticsDevice.of(RamDevice.erased(GEOMETRY), recorder);
        for (int round = 0; round < 3; round++) {
            for (long block = 0; block < 4; block++) {
                counted.erase(block);
            }
        }
        Statistics statistics = recorder.snapshot();
        assertThat(statistics.erases().calls()).isEqualTo(12);
        assertThat(statistics.blocks()).isEqualTo(Map.of(0L, new BlockCount(3, 0), 256L, new BlockCount(3, 0)));
        assertThat(statistics.uncounted()).isEqualTo(6);
        assertThatThrownBy(() -> new StatisticsRecorder(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProviderTakesTheRecorderOfAProgram() throws Exception {
        StatisticsRecorder recorder = new StatisticsRecorder();
        Options options = Options.none().with(StatisticsLayer.RECORDER, recorder);
        new StatisticsLayer().wrap(RamDevice.erased(GEOMETRY), options).sync();
        assertThat(recorder.snapshot().syncs().calls()).isEqualTo(1);
        new StatisticsLayer().wrap(RamDevice.erased(GEOMETRY), Options.none()).sync();
    }
}
