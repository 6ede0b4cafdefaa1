package dev.morgana.block.drivers.layer;

import static dev.morgana.block.drivers.Bytes.all;
import static dev.morgana.block.drivers.Bytes.filled;
import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static dev.morgana.block.drivers.Bytes.random;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PowerCutDeviceTest {
    private static final int BLOCK = 256;
    private static final Geometry GEOMETRY = new Geometry(32, 16, BLOCK, 4, ErasedState.ONES);

    private final RamDevice medium = RamDevice.of(GEOMETRY, random(1, 4 * BLOCK));
    private final PowerSwitch power = new PowerSwitch();
    private final BlockDevice device = PowerCutDevice.of(medium, power);

    private static void assertPowerIsLost(ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOf(DeviceIoException.class).hasMessageContaining("power is lost");
    }

    /** The content of the medium as it was, with some bytes replaced. */
    private static byte[] changed(int at, byte[] bytes) {
        byte[] image = random(1, 4 * BLOCK);
        System.arraycopy(bytes, 0, image, at, bytes.length);
        return image;
    }

    @Nested
    final class AfterTheCut {
        @Test
        void everyRequestFails() throws Exception {
            power.cut();
            assertPowerIsLost(() -> read(device, 0, 32));
            assertPowerIsLost(() -> program(device, 0, new byte[16]));
            assertPowerIsLost(() -> device.erase(0));
            assertPowerIsLost(device::sync);
            assertPowerIsLost(() -> device.reshape(GEOMETRY));
            assertThat(power.isOn()).isFalse();
            assertThat(medium.image()).isEqualTo(random(1, 4 * BLOCK));
            device.close();
        }

        @Test
        void viewsFailToo() throws Exception {
            BlockDevice view = device.reshape(GEOMETRY.withBlockCount(2));
            power.cut();
            assertPowerIsLost(() -> view.erase(0));
        }

        @Test
        void otherDevicesOnTheSwitchFailToo() throws Exception {
            BlockDevice other = PowerCutDevice.of(RamDevice.erased(GEOMETRY), power);
            power.cutAfter(1, TornPart.NONE);
            device.erase(0);
            assertPowerIsLost(() -> other.erase(0));
            assertPowerIsLost(() -> device.erase(0));
        }

        @Test
        void requestsThatAreTheCallersBugStaySo() {
            power.cut();
            assertThatThrownBy(() -> read(device, 1, 32)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> program(device, 0, new byte[15])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.erase(4)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void restoredPowerShowsTheMedium() throws Exception {
            power.cutAfter(0, TornPart.HALF);
            assertPowerIsLost(() -> device.erase(1));
            power.restore();
            assertThat(all(device)).isEqualTo(changed(BLOCK, filled(BLOCK / 2, 0xff)));
            device.erase(1);
            device.erase(2);
        }
    }

    @Nested
    final class Counting {
        @Test
        void programsAndErasesPassUntilTheCut() throws Exception {
            power.cutAfter(3, TornPart.NONE);
            device.erase(0);
            program(device, 0, new byte[16]);
            read(device, 0, 32);
            device.sync();
            program(device, 16, new byte[0]);
            program(device, 16, new byte[16]);
            byte[] before = medium.image();
            assertPowerIsLost(() -> program(device, 32, new byte[16]));
            assertThat(medium.image()).isEqualTo(before);
            assertThat(power.operations()).isEqualTo(3);
        }

        @Test
        void aRefusedRequestDoesNotCount() throws Exception {
            power.cutAfter(1, TornPart.NONE);
            assertThatThrownBy(() -> device.erase(4)).isInstanceOf(IllegalArgumentException.class);
            device.erase(3);
            assertPowerIsLost(() -> device.erase(3));
        }

        @Test
        void aNewArmingReplacesTheOld() throws Exception {
            power.cutAfter(0, TornPart.ALL);
            power.cutAfter(1, TornPart.NONE);
            device.erase(0);
            assertPowerIsLost(() -> device.erase(1));
            power.restore();
            device.erase(1);
        }
    }

    @Nested
    final class TornOperations {
        @ParameterizedTest
        @CsvSource({
            "NONE,48,0",
            "FIRST_BYTE,48,1",
            "FIRST_UNIT,48,16",
            "HALF,48,24",
            "HALF,16,8",
            "HALF_UNITS,48,16",
            "ALL_BUT_LAST,48,32",
            "ALL_BUT_LAST,16,0",
            "ALL,48,48"
        })
        void aProgramWritesItsFirstBytes(TornPart torn, int length, int done) throws Exception {
            power.cutAfter(0, torn);
            byte[] bytes = random(2, length);
            assertPowerIsLost(() -> program(device, BLOCK + 16, bytes));
            assertThat(medium.image()).isEqualTo(changed(BLOCK + 16, Arrays.copyOf(bytes, done)));
        }

        @ParameterizedTest
        @CsvSource({
            "NONE,0",
            "FIRST_BYTE,1",
            "FIRST_UNIT,16",
            "HALF,128",
            "HALF_UNITS,128",
            "ALL_BUT_LAST,240",
            "ALL,256"
        })
        void anEraseErasesItsFirstBytes(TornPart torn, int done) {
            power.cutAfter(0, torn);
            assertPowerIsLost(() -> device.erase(2));
            assertThat(medium.image()).isEqualTo(changed(2 * BLOCK, filled(done, 0xff)));
        }

        @Test
        void anEraseErasesToZerosWhereThatIsErased() throws Exception {
            BlockDevice view = device.reshape(GEOMETRY.withErased(ErasedState.ZEROS));
            power.cutAfter(0, TornPart.HALF);
            assertPowerIsLost(() -> view.erase(1));
            assertThat(medium.image()).isEqualTo(changed(BLOCK, new byte[BLOCK / 2]));
        }

        @Test
        void anEraseToAnythingLeavesEverything() throws Exception {
            BlockDevice view = device.reshape(GEOMETRY.withErased(ErasedState.UNDEFINED));
            power.cutAfter(0, TornPart.ALL);
            assertPowerIsLost(() -> view.erase(1));
            assertThat(medium.image()).isEqualTo(random(1, 4 * BLOCK));
        }

        @Test
        void aLargeBlockIsErasedInPieces() throws Exception {
            Geometry large = Geometry.ofBlocks(300_000, 2);
            RamDevice part = RamDevice.of(large, random(3, 600_000));
            power.cutAfter(0, (length, unit) -> new Tear.Span(1, length - 1));
            assertPowerIsLost(() -> PowerCutDevice.of(part, power).erase(1));
            byte[] expected = random(3, 600_000);
            System.arraycopy(filled(299_998, 0xff), 0, expected, 300_001, 299_998);
            assertThat(part.image()).isEqualTo(expected);
        }

        @Test
        void aTailCanBeAllThatIsLeft() {
            power.cutAfter(0, (length, unit) -> new Tear.Span(length / 2, length));
            byte[] bytes = random(2, 48);
            assertPowerIsLost(() -> program(device, 0, bytes));
            assertThat(medium.image()).isEqualTo(changed(24, Arrays.copyOfRange(bytes, 24, 48)));
        }
    }

    /** A store that erases before it writes loses its value to a cut in between: the old one is gone, the new not there. */
    @ParameterizedTest
    @EnumSource(TornPart.class)
    void aNaiveStoreLosesItsValue(TornPart torn) throws Exception {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int pass = 0; pass < 3; pass++) {
            outcomes.merge(cutWhileReplacing(pass, torn), 1, Integer::sum);
        }
        assertThat(outcomes).containsEntry(Outcome.NEW, torn == TornPart.ALL ? 2 : 1);
        assertThat(outcomes).containsKey(Outcome.DAMAGED);
    }

    private enum Outcome {
        OLD,
        NEW,
        DAMAGED
    }

    private static Outcome cutWhileReplacing(int pass, TornPart torn) throws IOException {
        PowerSwitch power = new PowerSwitch();
        Geometry geometry = new Geometry(8, 8, BLOCK, 4, ErasedState.ONES);
        Slot slot = new Slot(PowerCutDevice.of(RamDevice.erased(geometry), power), 1);
        slot.set(1);
        power.cutAfter(pass, torn);
        try {
            slot.set(2);
            assertThat(pass).as("operations of one set").isEqualTo(2);
        } catch (DeviceIoException e) {
            assertThat(power.isOn()).isFalse();
        }
        power.restore();
        Optional<Long> found = slot.get();
        return found.isEmpty() ? Outcome.DAMAGED : found.get() == 1 ? Outcome.OLD : Outcome.NEW;
    }

    @Nested
    final class TheProvider {
        private BlockDevice wrap(Options options) throws IOException {
            return new PowerCutLayer().wrap(medium, options);
        }

        @Test
        void cutsAfterSomeOperations() throws Exception {
            BlockDevice layered = wrap(options("after", "1", "torn", "first-byte"));
            layered.erase(0);
            assertPowerIsLost(() -> layered.erase(1));
            byte[] expected = changed(0, filled(BLOCK + 1, 0xff));
            assertThat(medium.image()).isEqualTo(expected);
        }

        @Test
        void takesTheSwitchOfAProgram() throws Exception {
            BlockDevice layered = wrap(Options.none().with(PowerCutLayer.POWER, power));
            power.cut();
            assertPowerIsLost(layered::sync);
        }

        @Test
        void needsToKnowWhen() {
            assertThatThrownBy(() -> wrap(options("torn", "half")))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("after", "needed");
        }

        @Test
        void refusesUnknownTears() {
            assertThatThrownBy(() -> wrap(options("after", "1", "torn", "third")))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("torn", "third", "half-units");
        }
    }
}
