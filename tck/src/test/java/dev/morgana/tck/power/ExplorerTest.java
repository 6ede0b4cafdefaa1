package dev.morgana.tck.power;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The images of a record, against images written down by hand after the fault model. */
class ExplorerTest {
    private static final Geometry TWO_BLOCKS = new Geometry(1, 1, 2, 2, ErasedState.ONES);

    /** Something done to devices. */
    private interface Work {
        void on(List<BlockDevice> devices) throws DeviceException;
    }

    /** Every image of some work, in hexadecimal, devices joined by a bar. */
    private static Set<String> images(Geometry geometry, int devices, Work work) throws Exception {
        VolatileMedium medium = VolatileMedium.erased(geometry, devices, false);
        work.on(medium.open());
        Set<String> images = new TreeSet<>();
        explore(medium, (image, progress, description) -> images.add(text(image)));
        return images;
    }

    private static Explorer.Tally explore(VolatileMedium medium, Explorer.Visitor visitor) throws Exception {
        return new Explorer(medium.start(), medium.journal(), Progress.NONE, 0, visitor).explore();
    }

    private static String text(Image image) {
        List<String> texts = new ArrayList<>();
        for (int device = 0; device < image.devices(); device++) {
            texts.add(HexFormat.of().formatHex(image.bytes(device)));
        }
        return String.join("|", texts);
    }

    private static void program(BlockDevice device, long position, String hex) throws DeviceException {
        device.program(position, ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Nested
    class WhenNothingWasSynced {
        @Test
        void aBlockKeepsAPrefixOfItsOperationsTheLastOnePossiblyTorn() throws Exception {
            Set<String> images = images(TWO_BLOCKS, 1, devices -> {
                program(devices.get(0), 0, "0102");
                devices.get(0).erase(0);
            });

            assertThat(images)
                    .containsExactlyInAnyOrder(
                            "ffffffff", // nothing
                            "01ffffff", // the program, torn
                            "0102ffff", // the program
                            "ff02ffff"); // the erase, torn; done, it gives the first image again
        }

        @Test
        void blocksAreIndependent() throws Exception {
            Set<String> images = images(TWO_BLOCKS, 1, devices -> {
                program(devices.get(0), 0, "0102");
                program(devices.get(0), 2, "0304");
            });

            assertThat(images)
                    .containsExactlyInAnyOrder(
                            "ffffffff",
                            "01ffffff",
                            "0102ffff",
                            "ffff03ff",
                            "01ff03ff",
                            "010203ff",
                            "ffff0304",
                            "01ff0304",
                            "01020304");
        }

        @Test
        void anUndefinedErasedStateKeepsWhatWasThere() throws Exception {
            Set<String> images = images(TWO_BLOCKS.withErased(ErasedState.UNDEFINED), 1, devices -> {
                program(devices.get(0), 0, "01");
                devices.get(0).erase(0);
            });

            assertThat(images).containsExactlyInAnyOrder("00000000", "01000000");
        }
    }

    @Nested
    class WhenADeviceWasSynced {
        @Test
        void whatWasBeforeStays() throws Exception {
            Set<String> images = images(TWO_BLOCKS, 1, devices -> {
                program(devices.get(0), 0, "01");
                devices.get(0).sync();
                program(devices.get(0), 2, "03");
            });

            assertThat(images).containsExactlyInAnyOrder("ffffffff", "01ffffff", "01ff03ff");
        }

        @Test
        void theOtherDeviceIsNotConcerned() throws Exception {
            Geometry oneByte = new Geometry(1, 1, 1, 1, ErasedState.ONES);

            Set<String> images = images(oneByte, 2, devices -> {
                program(devices.get(0), 0, "01");
                program(devices.get(1), 0, "02");
                devices.get(0).sync();
                program(devices.get(0), 0, "03");
            });

            assertThat(images).containsExactlyInAnyOrder("ff|ff", "01|ff", "ff|02", "01|02", "03|ff", "03|02");
        }
    }

    @Nested
    class WhenThereAreMany {
        @Test
        void anOperationOfManyUnitsTearsInThreePlaces() {
            assertThat(Tears.of(1)).isEmpty();
            assertThat(Tears.of(2)).containsExactly(1);
            assertThat(Tears.of(16)).hasSize(15);
            assertThat(Tears.of(17)).containsExactly(1, 8, 16);
        }

        @Test
        void combinationsAreSampledTheSameWayEachTime() throws Exception {
            Geometry geometry = new Geometry(1, 1, 4, 12, ErasedState.ONES);
            VolatileMedium medium = VolatileMedium.erased(geometry, 1, false);
            BlockDevice device = medium.open().get(0);
            for (int block = 0; block < 12; block++) {
                program(device, geometry.startOf(block), "01020304");
            }
            Set<String> once = new TreeSet<>();
            Set<String> again = new TreeSet<>();

            Explorer.Tally tally = explore(medium, (image, progress, description) -> once.add(text(image)));
            explore(medium, (image, progress, description) -> again.add(text(image)));

            assertThat(tally.sampled()).isEqualTo(9); // 5^3 is 125, 5^4 is more than 256
            assertThat(once).isEqualTo(again).hasSize((int) tally.images());
            assertThat(once).contains("ff".repeat(48)).contains("01020304".repeat(12));
        }

        @Test
        void anImageIsBuiltFromItsBlocksAndIsNotSeenTwice() throws Exception {
            VolatileMedium medium = VolatileMedium.erased(TWO_BLOCKS, 1, false);
            program(medium.open().get(0), 0, "0102");
            program(medium.open().get(0), 2, "0304");
            List<String> images = new ArrayList<>();

            Explorer.Tally tally = explore(medium, (image, progress, description) -> images.add(text(image)));

            assertThat(images).doesNotHaveDuplicates().hasSize((int) tally.images());
            // At the first program the image before it; at the second one that, and block 0 torn and whole.
            assertThat(tally.duplicates()).isEqualTo(4);
        }
    }
}
