package dev.morgana.block.drivers.layer;

import static dev.morgana.block.drivers.Bytes.all;
import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static dev.morgana.block.drivers.Bytes.random;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BadBlockDeviceTest {
    private static final Geometry GEOMETRY = Geometry.ofBlocks(256, 4);

    private final RamDevice medium = RamDevice.of(GEOMETRY, random(1, 1024));
    private final BadBlocks bad = new BadBlocks();
    private final BlockDevice device = BadBlockDevice.of(medium, bad);

    private static void assertBad(long block, String operation, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        BadBlockException.class, e -> assertThat(e.block()).isEqualTo(block))
                .hasMessageContaining(operation + " failed");
    }

    private void assertMediumUnchanged() {
        assertThat(medium.image()).isEqualTo(random(1, 1024));
    }

    @Nested
    final class Errors {
        @Test
        void aProgramFailsAndDoesNothing() throws Exception {
            bad.mark(1, BlockFault.PROGRAM_ERROR);
            assertBad(1, "program", () -> program(device, 300, new byte[4]));
            assertBad(1, "program", () -> program(device, 254, new byte[4]));
            assertMediumUnchanged();
            read(device, 256, 256);
            device.erase(1);
            program(device, 252, new byte[4]);
        }

        @Test
        void anEraseFailsAndDoesNothing() throws Exception {
            bad.mark(2, BlockFault.ERASE_ERROR);
            assertBad(2, "erase", () -> device.erase(2));
            assertMediumUnchanged();
            program(device, 512, new byte[4]);
            device.erase(1);
        }

        @Test
        void aReadFails() throws Exception {
            bad.mark(3, BlockFault.READ_ERROR);
            assertBad(3, "read", () -> read(device, 1000, 1));
            assertBad(3, "read", () -> all(device));
            read(device, 0, 768);
            program(device, 1000, new byte[4]);
            device.erase(3);
        }
    }

    @Nested
    final class SilentFaults {
        @Test
        void aProgramIsDropped() throws Exception {
            bad.mark(1, BlockFault.PROGRAM_NOOP);
            program(device, 300, new byte[4]);
            assertMediumUnchanged();
        }

        @Test
        void anEraseIsDropped() throws Exception {
            bad.mark(1, BlockFault.ERASE_NOOP);
            device.erase(1);
            assertMediumUnchanged();
        }

        @Test
        void aReadIsWrongInTheBadBlockOnly() throws Exception {
            bad.mark(1, BlockFault.READ_WRONG);
            byte[] expected = random(1, 1024);
            for (int i = 256; i < 512; i++) {
                expected[i] ^= 1;
            }
            assertThat(all(device)).isEqualTo(expected);
            assertMediumUnchanged();
        }

        @Test
        void aClosedDeviceStillSaysSo() throws Exception {
            bad.mark(0, BlockFault.PROGRAM_NOOP);
            bad.mark(1, BlockFault.ERASE_NOOP);
            device.close();
            assertThatThrownBy(() -> program(device, 0, new byte[4])).isInstanceOf(DeviceClosedException.class);
            assertThatThrownBy(() -> device.erase(1)).isInstanceOf(DeviceClosedException.class);
        }
    }

    @Nested
    final class Marks {
        @Test
        void changeWhileTheDeviceIsOpen() throws Exception {
            bad.mark(1, BlockFault.READ_ERROR);
            assertBad(1, "read", () -> read(device, 256, 1));
            bad.mark(1, BlockFault.ERASE_ERROR);
            read(device, 256, 1);
            bad.clear(1);
            device.erase(1);
            bad.mark(0, BlockFault.READ_ERROR);
            bad.clear();
            all(device);
        }

        @Test
        void canBeAskedFor() {
            bad.mark(1, BlockFault.READ_ERROR);
            assertThat(bad.fault(1)).contains(BlockFault.READ_ERROR);
            assertThat(bad.fault(2)).isEmpty();
            assertThat(bad.all()).isEqualTo(Map.of(1L, BlockFault.READ_ERROR));
            assertThatThrownBy(() -> bad.mark(-1, BlockFault.READ_ERROR)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void stayAtTheirPlaceInAView() throws Exception {
            bad.mark(1, BlockFault.ERASE_ERROR);
            bad.mark(3, BlockFault.READ_WRONG);
            BlockDevice small = device.reshape(Geometry.ofBlocks(64, 16));
            assertBad(5, "erase", () -> small.erase(5));
            small.erase(3);
            small.erase(8);
            BlockDevice large = device.reshape(Geometry.ofBlocks(512, 2));
            assertBad(0, "erase", () -> large.erase(0));
            assertThat(read(large, 767, 2)).containsExactly(random(1, 1024)[767], random(1, 1024)[768] ^ 1);
        }
    }

    @Nested
    final class AVictim {
        private final Slot slot = new Slot(device, 1);

        @Test
        void isToldOfABadBlock() throws Exception {
            slot.set(1);
            bad.mark(1, BlockFault.PROGRAM_ERROR);
            assertBad(1, "program", () -> slot.set(2));
        }

        @Test
        void keepsItsOldValueWhereNothingHappens() throws Exception {
            slot.set(1);
            bad.mark(1, BlockFault.ERASE_ERROR);
            assertBad(1, "erase", () -> slot.set(2));
            assertThat(slot.get()).contains(1L);
        }

        @Test
        void losesItsValueToADroppedProgram() throws Exception {
            slot.set(1);
            bad.mark(1, BlockFault.PROGRAM_NOOP);
            slot.set(2);
            assertThat(slot.get()).isEmpty();
        }

        @Test
        void meetsUnerasedFlashAfterADroppedErase() throws Exception {
            Slot onFlash = new Slot(NorDevice.of(device, NorRule.ONCE), 1);
            onFlash.set(1);
            bad.mark(1, BlockFault.ERASE_NOOP);
            assertThatThrownBy(() -> onFlash.set(2)).hasMessageContaining("not erased");
            assertThat(onFlash.get()).contains(1L);
        }

        @Test
        void seesWrongBytes() throws Exception {
            slot.set(1);
            bad.mark(1, BlockFault.READ_WRONG);
            assertThat(slot.get()).isEmpty();
            bad.clear();
            assertThat(slot.get()).contains(1L);
        }
    }

    @Nested
    final class TheProvider {
        private BlockDevice wrap(Options options) throws IOException {
            return new BadBlockLayer().wrap(medium, options);
        }

        @Test
        void takesAListOfBlocks() throws Exception {
            BlockDevice layered = wrap(options("blocks", "1, 3", "blocks", "0x2", "mode", "erase-error"));
            layered.erase(0);
            for (long block : new long[] {1, 2, 3}) {
                assertBad(block, "erase", () -> layered.erase(block));
            }
        }

        @Test
        void failsProgramsUnlessToldOtherwise() throws Exception {
            BlockDevice layered = wrap(options("blocks", "1"));
            assertBad(1, "program", () -> program(layered, 256, new byte[1]));
        }

        @Test
        void takesTheMapOfAProgram() throws Exception {
            BlockDevice layered = wrap(Options.none().with(BadBlockLayer.BAD_BLOCKS, bad));
            bad.mark(0, BlockFault.ERASE_ERROR);
            assertBad(0, "erase", () -> layered.erase(0));
        }

        @ParameterizedTest
        @ValueSource(strings = {"4", "-1", "one", "1,,2", "", "1-2"})
        void refusesWhatIsNoBlock(String blocks) {
            assertThatThrownBy(() -> wrap(options("blocks", blocks)))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("blocks", "0 to 3");
        }

        @Test
        void needsBlocks() {
            assertThatThrownBy(() -> wrap(options("mode", "read-wrong")))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("blocks", "needed");
        }
    }
}
