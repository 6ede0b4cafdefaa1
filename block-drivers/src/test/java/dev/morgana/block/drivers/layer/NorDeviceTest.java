package dev.morgana.block.drivers.layer;

import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class NorDeviceTest {
    private static final Geometry GEOMETRY = new Geometry(1, 4, 256, 4, ErasedState.ONES);

    private static void assertRefused(long offset, BlockDevice device, long position, int... bytes) throws IOException {
        byte[] source = bytes(bytes);
        byte[] before = read(device, 0, 1024);
        assertThatThrownBy(() -> program(device, position, source))
                .isInstanceOfSatisfying(
                        DeviceIoException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContainingAll("program refused", "erase block " + position / 256 + " first");
        assertThat(read(device, 0, 1024)).isEqualTo(before);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Nested
    final class ProgrammingOnce {
        private final RamDevice medium = RamDevice.erased(GEOMETRY);
        private final BlockDevice device = NorDevice.of(medium, NorRule.ONCE);

        @Test
        void aUnitTakesOneProgram() throws Exception {
            program(device, 8, bytes(1, 2, 3, 4));
            assertRefused(8, device, 8, 0, 0, 0, 0);
            assertRefused(8, device, 4, 0, 0, 0, 0, 0, 0, 0, 0);
            device.erase(0);
            program(device, 4, bytes(0, 0, 0, 0, 0, 0, 0, 0));
        }

        @Test
        void aUnitThatWasProgrammedWithTheErasedValueIsProgrammed() throws Exception {
            program(device, 8, bytes(0xff, 0xff, 0xff, 0xff));
            assertRefused(8, device, 8, 0, 0, 0, 0);
            device.erase(0);
            program(device, 8, bytes(0, 0, 0, 0));
        }

        @Test
        void whatWasThereBeforeCountsByWhatItReads() throws Exception {
            program(medium, 8, bytes(0xff, 0xff, 0xfe, 0xff));
            assertRefused(10, device, 8, 0, 0, 0, 0);
            program(device, 12, bytes(0, 0, 0, 0));
            device.erase(0);
            program(device, 8, bytes(0, 0, 0, 0));
        }

        @Test
        void aViewOfOtherUnitsKnowsWhatWasProgrammed() throws Exception {
            program(device, 508, bytes(0xff, 0xff, 0xff, 0xff));
            BlockDevice view = device.reshape(new Geometry(1, 1, 512, 2, ErasedState.ONES));
            assertThatThrownBy(() -> program(view, 511, (byte) 0)).isInstanceOf(DeviceIoException.class);
            program(view, 507, (byte) 0);
            view.erase(0);
            program(device, 504, bytes(0, 0, 0, 0, 0, 0, 0, 0));
        }

        @Test
        void aProgramAcrossBlocksIsTheCallersBug() {
            assertThatThrownBy(() -> program(device, 252, new byte[8]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("crosses a block");
        }
    }

    @Nested
    final class ProgrammingBits {
        private final BlockDevice device = NorDevice.of(RamDevice.erased(GEOMETRY), NorRule.BITS);

        @Test
        void bitsMayBeCleared() throws Exception {
            program(device, 0, bytes(0xff, 0xf0, 0xff, 0xff));
            program(device, 0, bytes(0xfe, 0xf0, 0x00, 0xff));
            program(device, 0, bytes(0x00, 0x00, 0x00, 0x00));
            assertThat(read(device, 0, 4)).containsExactly(0, 0, 0, 0);
        }

        @Test
        void bitsMayNotBeSet() throws Exception {
            program(device, 0, bytes(0xff, 0xf0, 0x00, 0xff));
            assertRefused(1, device, 0, 0xff, 0xf1, 0x00, 0xff);
            assertRefused(2, device, 0, 0xff, 0xf0, 0x80, 0xff);
        }

        @Test
        void whereZerosAreErasedBitsMayOnlyBeSet() throws Exception {
            BlockDevice zeros = NorDevice.of(RamDevice.erased(GEOMETRY.withErased(ErasedState.ZEROS)), NorRule.BITS);
            program(zeros, 0, bytes(0x00, 0x0f, 0x00, 0x00));
            program(zeros, 0, bytes(0x01, 0x1f, 0x00, 0x00));
            assertRefused(1, zeros, 0, 0x01, 0x0f, 0x00, 0x00);
        }
    }

    @Nested
    final class AnUndefinedErasedState {
        private final BlockDevice undefined = RamDevice.erased(GEOMETRY.withErased(ErasedState.UNDEFINED));

        @Test
        void isNotThatOfFlash() {
            assertThatThrownBy(() -> NorDevice.of(undefined, NorRule.ONCE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new NorLayer().wrap(undefined, options()))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("erased", "ones or zeros");
        }

        @Test
        void isNotThatOfAView() {
            BlockDevice flash = NorDevice.of(RamDevice.erased(GEOMETRY), NorRule.ONCE);
            assertThatThrownBy(() -> flash.reshape(GEOMETRY.withErased(ErasedState.UNDEFINED)))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("erased state");
        }
    }

    @Test
    void aVictimThatForgetsToEraseIsRefusedAndKeepsItsValue() throws Exception {
        Slot slot = new Slot(new NorLayer().wrap(RamDevice.erased(GEOMETRY), options()), 1);
        slot.set(1);
        assertThatThrownBy(() -> slot.write(2)).isInstanceOf(DeviceIoException.class);
        assertThat(slot.get()).contains(1L);
        slot.set(2);
        assertThat(slot.get()).contains(2L);
    }

    @Test
    void theProviderTakesTheRule() throws Exception {
        BlockDevice flash = new NorLayer().wrap(RamDevice.erased(GEOMETRY), options("program", "bits"));
        program(flash, 0, bytes(1, 1, 1, 1));
        program(flash, 0, bytes(0, 1, 0, 1));
    }
}
