package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.store.Campaign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is done for each block of a device, and sizes beyond 32 bits are no obstacle. */
@Campaign
class HugeDeviceTest {
    private static final int BLOCK_SIZE = 4096;
    private static final long BLOCKS = 1L << 28;

    /** One tebibyte, of which the first two blocks hold something and the rest is zero. */
    private record SparseDevice(Geometry geometry, byte[] beginning) implements BlockDevice {
        @Override
        public String name() {
            return "sparse";
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            geometry.checkRead(position, target.remaining());
            for (long at = position; target.hasRemaining(); at++) {
                target.put(at < beginning.length ? beginning[(int) at] : 0);
            }
        }

        @Override
        public void program(long position, ByteBuffer source) {
            throw new AssertionError("program");
        }

        @Override
        public void erase(long block) {
            throw new AssertionError("erase");
        }

        @Override
        public void sync() {}

        @Override
        public BlockDevice reshape(Geometry wanted) {
            return new SparseDevice(wanted, beginning);
        }

        @Override
        public void close() {}
    }

    private static BlockDevice device(long blockSize) {
        byte[] log = new TestLog(1)
                .superblock(new Superblock(0x00020001, blockSize, BLOCKS, 255, 0, 0))
                .tag(TagType.FILE_NAME.code(), 1, "f".getBytes(StandardCharsets.US_ASCII))
                .tag(TagType.INLINE_STRUCT.code(), 1, new byte[] {1, 2, 3})
                .commit()
                .bytes();
        Geometry geometry = new Geometry(1, 1, BLOCK_SIZE, BLOCKS, ErasedState.ZEROS);
        return new SparseDevice(geometry, log);
    }

    @Test
    void isMountedAndRead() throws Exception {
        try (KeyValueStore store = Stores.open(device(BLOCK_SIZE), Options.none())) {
            assertThat(store.get(Key.of("f"))).containsExactly(1, 2, 3);
            assertThat(store.facet(Usage.class).orElseThrow().usage())
                    .extracting(Usage.Share::blocks)
                    .containsExactly(2L, 0L, BLOCKS - 2);
        }
    }

    /** A block of a gibibyte of zeros behind the log: every zero repeats the last tag. */
    @Test
    void isScannedInLittleMemory() throws Exception {
        BlockDevice device = device(1 << 30);
        List<Finding> findings = new ArrayList<>();
        Options options =
                Options.none().with(LittleFsOptions.BLOCK_SIZE, 1L << 26).with(CommonOptions.READ_ONLY, true);
        try (Inspection inspection = LittleFs.inspect(device, options)) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.STRUCTURE, findings::add);
        }
        assertThat(findings).extracting(Finding::rule).contains("superblock");
    }
}
