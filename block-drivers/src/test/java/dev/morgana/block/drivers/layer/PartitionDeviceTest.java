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
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PartitionDeviceTest {
    private static final Geometry GEOMETRY = new Geometry(4, 4, 256, 16, ErasedState.ONES);

    private final RamDevice medium = RamDevice.of(GEOMETRY, random(1, 4096));

    private BlockDevice wrap(String... namesAndValues) throws IOException {
        return new PartitionLayer().wrap(medium, options(namesAndValues));
    }

    private static byte[] changed(int at, byte[] bytes) {
        byte[] image = random(1, 4096);
        System.arraycopy(bytes, 0, image, at, bytes.length);
        return image;
    }

    @Nested
    final class AtABlock {
        private final BlockDevice partition = partition();

        private BlockDevice partition() {
            try {
                return wrap("offset", "512", "length", "1K");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void showsItsBytesOnly() throws Exception {
            assertThat(partition.geometry()).isEqualTo(GEOMETRY.withBlockCount(4));
            assertThat(all(partition)).isEqualTo(Arrays.copyOfRange(random(1, 4096), 512, 1536));
            assertThat(partition.name()).isEqualTo("ram@0x200");
        }

        @Test
        void writesWhereItIs() throws Exception {
            program(partition, 1020, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
            assertThat(medium.image()).isEqualTo(changed(1532, new byte[] {1, 2, 3, 4}));
        }

        @Test
        void erasesWhereItIs() throws Exception {
            partition.erase(3);
            assertThat(medium.image()).isEqualTo(changed(1280, filled(256, 0xff)));
        }

        @Test
        void doesNotReachBeyondItself() {
            assertThatThrownBy(() -> read(partition, 1024, 4)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> program(partition, -4, new byte[4])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> partition.erase(4)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> partition.reshape(GEOMETRY.withBlockCount(5)))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("1024 bytes");
        }

        @Test
        void closesTheDevice() throws Exception {
            partition.close();
            assertThatThrownBy(() -> all(medium)).isInstanceOf(DeviceClosedException.class);
        }
    }

    @Nested
    final class BetweenBlocks {
        @Test
        void hasBlocksOfItsOwn() throws Exception {
            BlockDevice partition = wrap("offset", "64", "length", "768");
            partition.erase(1);
            assertThat(medium.image()).isEqualTo(changed(64 + 256, filled(256, 0xff)));
        }

        @Test
        void mayHaveLargerBlocksThanTheDevice() throws Exception {
            BlockDevice partition = wrap("offset", "768", "length", "2K");
            BlockDevice large = partition.reshape(new Geometry(1, 1, 1024, 2, ErasedState.ZEROS));
            large.erase(1);
            assertThat(medium.image()).isEqualTo(changed(768 + 1024, new byte[1024]));
            program(large, 1000, random(2, 500));
            assertThat(read(partition, 1000, 500)).isEqualTo(random(2, 500));
        }

        @Test
        void refusesUnitsThatDoNotFitTheOffset() throws Exception {
            BlockDevice partition = wrap("offset", "68", "length", "256");
            assertThatThrownBy(() -> partition.reshape(new Geometry(1, 8, 256, 1, ErasedState.ONES)))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("multiple of the wanted read and program size");
        }
    }

    @Test
    void aBadBlockIsNumberedAsThePartitionCounts() throws Exception {
        BadBlocks bad = new BadBlocks();
        bad.mark(5, BlockFault.ERASE_ERROR);
        bad.mark(7, BlockFault.PROGRAM_ERROR);
        bad.mark(8, BlockFault.READ_ERROR);
        BlockDevice partition = PartitionDevice.of(BadBlockDevice.of(medium, bad), 1024, 2048)
                .reshape(new Geometry(4, 4, 512, 4, ErasedState.ONES));
        assertBad(0, () -> partition.erase(0));
        assertBad(1, () -> program(partition, 768, new byte[4]));
        assertBad(2, () -> read(partition, 0, 2048));
    }

    private static void assertBad(long block, org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(BadBlockException.class, e -> {
            assertThat(e.block()).isEqualTo(block);
            assertThat(e.device()).isEqualTo("ram@0x400");
        });
    }

    @Nested
    final class TheProvider {
        @Test
        void isImpliedByEitherOption() {
            PartitionLayer layer = new PartitionLayer();
            assertThat(layer.isImpliedBy(options("offset", "0"))).isTrue();
            assertThat(layer.isImpliedBy(options("length", "1K"))).isTrue();
            assertThat(layer.isImpliedBy(options("size", "1K"))).isFalse();
        }

        @Test
        void beginsAtTheStartAndEndsAtTheEnd() throws Exception {
            assertThat(wrap("length", "512").geometry().blockCount()).isEqualTo(2);
            assertThat(wrap("offset", "512").geometry().blockCount()).isEqualTo(14);
            assertThat(all(wrap())).isEqualTo(random(1, 4096));
        }

        @ParameterizedTest
        @CsvSource({
            "4096,256,offset,4096",
            "5000,256,offset,4096",
            "0,4352,length,4352",
            "3840,512,length,256",
            "0,100,length,block size of 256",
            "66,256,offset,program size",
            "0,0,length,at least 1"
        })
        void refusesWhatDoesNotFit(String offset, String length, String option, String word) {
            assertThatThrownBy(() -> wrap("offset", offset, "length", length))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("option " + option, word);
            assertThat(medium.image()).isEqualTo(random(1, 4096));
        }

        @Test
        void refusesARestThatIsNoWholeNumberOfBlocks() {
            assertThatThrownBy(() -> wrap("offset", "100"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("length", "3996", "256");
        }

        @Test
        void leavesTheDeviceOpenAfterARefusal() throws Exception {
            assertThatThrownBy(() -> wrap("offset", "5000")).isInstanceOf(InvalidOptionException.class);
            assertThat(all(medium)).isEqualTo(random(1, 4096));
        }
    }
}
