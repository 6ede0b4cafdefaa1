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
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ReadFailDeviceTest {
    private final RamDevice medium = RamDevice.of(Geometry.ofBlocks(256, 4), random(1, 1024));
    private final ReadFailures failures = new ReadFailures();
    private final BlockDevice device = ReadFailDevice.of(medium, failures);

    private static void assertFails(long offset, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        DeviceIoException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining("read failed");
    }

    @Test
    void readsFailFromAChosenOneOn() throws Exception {
        failures.failAfter(2, Long.MAX_VALUE);
        read(device, 0, 8);
        read(device, 512, 8);
        assertFails(300, () -> read(device, 300, 8));
        assertFails(0, () -> read(device, 0, 8));
        assertThat(failures.reads()).isEqualTo(4);
        assertThat(failures.failed()).isEqualTo(2);
    }

    @Test
    void readsSucceedAgainAfterTheChosenNumber() throws Exception {
        failures.failAfter(1, 1);
        read(device, 0, 8);
        assertFails(8, () -> read(device, 8, 8));
        assertThat(all(device)).isEqualTo(random(1, 1024));
        failures.failAfter(0, Long.MAX_VALUE);
        assertFails(8, () -> read(device, 8, 8));
        failures.clear();
        assertThat(all(device)).isEqualTo(random(1, 1024));
    }

    @Test
    void programsAndErasesWorkMeanwhile() throws Exception {
        failures.failAfter(0, Long.MAX_VALUE);
        device.erase(1);
        program(device, 256, (byte) 7);
        device.sync();
        read(device, 0, 0);
        assertThat(medium.image()[256]).isEqualTo((byte) 7);
    }

    @Test
    void viewsShareTheCount() throws Exception {
        BlockDevice view = device.reshape(Geometry.ofBlocks(512, 2));
        failures.failAfter(2, 1);
        read(device, 0, 8);
        read(view, 0, 8);
        assertFails(520, () -> read(view, 520, 8));
    }

    @Test
    void aNegativeNumberIsABug() {
        assertThatThrownBy(() -> failures.failAfter(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> failures.failAfter(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    final class AVictim {
        private final Slot slot = new Slot(device, 1);

        @Test
        void isToldAndHasItsValueAfterwards() throws Exception {
            slot.set(1);
            failures.failAfter(0, 1);
            assertFails(256, slot::get);
            assertThat(slot.get()).contains(1L);
        }

        @Test
        void losesItsValueIfItTakesTheErrorForDamage() throws Exception {
            slot.set(1);
            failures.failAfter(0, Long.MAX_VALUE);
            try {
                slot.get();
            } catch (DeviceIoException e) {
                slot.set(0);
            }
            failures.clear();
            assertThat(slot.get()).contains(0L);
        }
    }

    @Nested
    final class TheProvider {
        private BlockDevice wrap(Options options) throws IOException {
            return new ReadFailLayer().wrap(medium, options);
        }

        @Test
        void failsAllReadsFromOneOn() throws Exception {
            BlockDevice layered = wrap(options("after", "1"));
            read(layered, 0, 8);
            assertFails(0, () -> read(layered, 0, 8));
            assertFails(0, () -> read(layered, 0, 8));
        }

        @Test
        void failsSome() throws Exception {
            BlockDevice layered = wrap(options("after", "0", "times", "1"));
            assertFails(0, () -> read(layered, 0, 8));
            read(layered, 0, 8);
        }

        @Test
        void takesTheObjectOfAProgram() throws Exception {
            BlockDevice layered = wrap(Options.none().with(ReadFailLayer.FAILURES, failures));
            read(layered, 0, 8);
            failures.failAfter(0, 1);
            assertFails(0, () -> read(layered, 0, 8));
        }

        @Test
        void needsToKnowWhen() {
            assertThatThrownBy(() -> wrap(options()))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("after", "needed");
            Options timesAlone = options("times", "1").with(ReadFailLayer.FAILURES, failures);
            assertThatThrownBy(() -> wrap(timesAlone))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("times", "after");
        }
    }
}
