package dev.morgana.tck.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VolatileMediumTest {
    private static final Geometry GEOMETRY = new Geometry(2, 2, 8, 4, ErasedState.ONES);

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] read(BlockDevice device, long position, int length) throws DeviceException {
        ByteBuffer target = ByteBuffer.allocate(length);
        device.read(position, target);
        return target.array();
    }

    @Nested
    class AfterPowerLoss {
        @Test
        void keepsWhatWasSyncedOnly() throws DeviceException {
            VolatileMedium medium = VolatileMedium.erased(GEOMETRY, 1, false);
            BlockDevice device = medium.open().get(0);
            device.program(0, ByteBuffer.wrap(bytes(1, 2)));
            device.sync();
            device.program(2, ByteBuffer.wrap(bytes(3, 4)));

            BlockDevice after = medium.afterPowerLoss().open().get(0);

            assertThat(read(device, 0, 4)).isEqualTo(bytes(1, 2, 3, 4));
            assertThat(read(after, 0, 4)).isEqualTo(bytes(1, 2, 0xff, 0xff));
        }
    }

    @Nested
    class UnderAnotherGeometry {
        @Test
        void erasesEveryBlockThatALargerOneCovers() throws DeviceException {
            VolatileMedium medium = VolatileMedium.of(GEOMETRY, List.of(new byte[32]), false);
            BlockDevice large = medium.open().get(0).reshape(GEOMETRY.withUnits(2, 2, 16));

            large.erase(1);

            assertThat(read(large, 8, 16))
                    .isEqualTo(bytes(0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255));
        }

        @Test
        void refusesWhatItCannotBe() {
            BlockDevice device =
                    VolatileMedium.erased(GEOMETRY, 1, false).open().get(0);

            assertThatThrownBy(() -> device.reshape(GEOMETRY.withUnits(2, 2, 4)))
                    .isInstanceOf(DeviceIoException.class);
            assertThatThrownBy(() -> device.reshape(GEOMETRY.withBlockCount(5))).isInstanceOf(DeviceIoException.class);
        }

        @Test
        void isClosedTogetherWithTheDevice() throws DeviceException {
            BlockDevice device =
                    VolatileMedium.erased(GEOMETRY, 1, false).open().get(0);
            BlockDevice view = device.reshape(GEOMETRY.withBlockCount(2));

            view.close();

            assertThatThrownBy(() -> read(device, 0, 2)).isInstanceOf(DeviceClosedException.class);
        }
    }

    @Nested
    class UnderTheRulesOfFlash {
        @Test
        void refusesToProgramAUnitTwice() throws DeviceException {
            BlockDevice device = VolatileMedium.erased(GEOMETRY, 1, true).open().get(0);
            device.program(2, ByteBuffer.wrap(bytes(0xff, 0xff)));

            assertThatThrownBy(() -> device.program(0, ByteBuffer.wrap(bytes(1, 2, 3, 4))))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("offset 2");
        }

        @Test
        void takesAUnitAgainAfterAnErase() throws DeviceException {
            BlockDevice device = VolatileMedium.erased(GEOMETRY, 1, true).open().get(0);
            device.program(0, ByteBuffer.wrap(bytes(1, 2)));
            device.erase(0);

            device.program(0, ByteBuffer.wrap(bytes(3, 4)));

            assertThat(read(device, 0, 2)).isEqualTo(bytes(3, 4));
        }

        @Test
        void judgesAnImageByItsBytes() throws DeviceException {
            byte[] image = new byte[32];
            java.util.Arrays.fill(image, (byte) 0xff);
            image[1] = 0x7f;
            BlockDevice device =
                    VolatileMedium.of(GEOMETRY, List.of(image), true).open().get(0);

            device.program(2, ByteBuffer.wrap(bytes(1, 2)));

            assertThatThrownBy(() -> device.program(0, ByteBuffer.wrap(bytes(1, 2))))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void refusesToCrossABlock() {
            BlockDevice device = VolatileMedium.erased(GEOMETRY, 1, true).open().get(0);

            assertThatThrownBy(() -> device.program(6, ByteBuffer.wrap(bytes(1, 2, 3, 4))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
