package dev.morgana.littlefs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Expected bytes are those of the littlefs page, sections 4.8 and 14. */
class LogWriterTest {
    private static final int BLOCK = 512;
    private static final int PROGRAM = 16;

    private static ArrayBlock erased(int value) {
        return ArrayBlock.of(BLOCK, value, "");
    }

    private static PairState fresh(int version) {
        Superblock superblock = new Superblock(version, BLOCK, 32, 255, 0x7fffffff, 1022);
        MetadataEntry entry = MetadataEntry.BLANK
                .withName(TagType.SUPERBLOCK_NAME.code(), Superblock.NAME, 0)
                .withStruct(new EntryStruct.Inline(superblock.encode()), 0);
        return new PairState(List.of(entry), null, MoveState.NONE);
    }

    private static LogWriter write(LogWriter log, PairState state) throws Exception {
        state.compacted().forEach(change -> assertThat(log.add(change)).isTrue());
        log.close();
        return log;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Nested
    class AFirstCommit {
        @Test
        void isThatOfAFreshImage() throws Exception {
            LogWriter log = new LogWriter(erased(0xff), 0, Tag.NO_PREVIOUS, BLOCK, PROGRAM, true);
            write(log.revision(1), fresh(0x00020001));
            assertThat(bytes(log.bytes())).isEqualTo(ArrayBlock.bytes("""
                                    01000000 f00ffff7 6c6974746c656673 2fe00010
                                    01000200 00020000 20000000 ff000000 ffffff7f fe030000
                                    7feffc10 10000000 e5394cc0 0ff0000c 8bf5f38c"""));
            assertThat(log.offset()).isEqualTo(0x40);
            assertThat(log.previous()).isEqualTo(0x500ffc04);
        }

        @Test
        void thatFillsTheBlockHasNoForwardCrcAndLeavesOutUnitsOfPadding() throws Exception {
            LogWriter log = new LogWriter(erased(0xff), 0, Tag.NO_PREVIOUS, BLOCK, BLOCK, true);
            write(log.revision(0), fresh(0x00020001));
            assertThat(log.offset()).isEqualTo(BLOCK);
            assertThat(log.hasRoom()).isFalse();
            assertThat(bytes(log.bytes())).hasSize(BLOCK).startsWith(ArrayBlock.bytes("""
                                    00000000 f00ffff7 6c6974746c656673 2fe00010
                                    01000200 00020000 20000000 ff000000 ffffff7f fe030000
                                    701ffdc8 41f1e6c0"""));
        }
    }

    @Nested
    class ALaterCommit {
        @Test
        void goesOnWithTheChain() throws Exception {
            LogWriter log = new LogWriter(erased(0xff), 0x40, 0x500ffc04, BLOCK, PROGRAM, true);
            new PairChanges()
                    .create(1, TagType.FILE_NAME.code(), new FileName("hello.txt".getBytes(StandardCharsets.US_ASCII)))
                    .struct(1, new EntryStruct.Inline(new byte[0]))
                    .list()
                    .forEach(log::add);
            log.close();
            assertThat(bytes(log.bytes())).startsWith(ArrayBlock.bytes("""
                                    101ff804 40000009 68656c6c6f2e747874 20000009
                                    7feff808 10000000 e5394cc0 0ff00003 1989b972"""));
            assertThat(log.offset()).isEqualTo(0x70);
        }

        @Test
        void ofTheOlderVersionHasNoForwardCrc() throws Exception {
            LogWriter log = new LogWriter(erased(0xff), 0x40, 0x500ffc10, BLOCK, PROGRAM, false);
            new PairChanges()
                    .create(1, TagType.FILE_NAME.code(), new FileName("hello.txt".getBytes(StandardCharsets.US_ASCII)))
                    .struct(1, new EntryStruct.Inline(new byte[0]))
                    .list()
                    .forEach(log::add);
            log.close();
            assertThat(bytes(log.bytes()))
                    .startsWith(ArrayBlock.bytes("101ff810 40000009 68656c6c6f2e747874 20000009 701ff817 da3e0e04"));
            assertThat(log.offset()).isEqualTo(0x70);
        }

        @Test
        void refusesWhatDoesNotFit() {
            LogWriter log = new LogWriter(erased(0xff), 0x1e0, 0x500ffc04, BLOCK, PROGRAM, true);
            assertThat(log.add(PairChange.attribute(1, 1, new byte[20]))).isTrue();
            assertThat(log.add(PairChange.attribute(1, 1, new byte[1]))).isFalse();
            assertThat(log.offset()).isEqualTo(0x1f8);
        }
    }

    @Nested
    class ThePhase {
        @Test
        void makesErasedZerosNoTag() throws Exception {
            ArrayBlock block = erased(0);
            LogWriter log = new LogWriter(block, 0, Tag.NO_PREVIOUS, BLOCK, PROGRAM, true);
            write(log.revision(7), fresh(0x00020001));
            byte[] commit = bytes(log.bytes());
            byte[] image = new byte[BLOCK];
            System.arraycopy(commit, 0, image, 0, commit.length);
            LogScan scan = LogScan.of(ArrayBlock.of(BLOCK, 0, HexFormat.of().formatHex(image)), Dialect.LITTLEFS);
            assertThat(scan.commits()).isEqualTo(1);
            assertThat(scan.endsClean()).isTrue();
            assertThat(scan.forwardCrc()).isEqualTo(new ForwardCrc(PROGRAM, 0x1344b4aa));
        }
    }

    @Nested
    class LongPadding {
        @Test
        void isClosedBySeveralCommits() throws Exception {
            int size = 131072;
            ArrayBlock block = ArrayBlock.of(size, 0xff, "");
            LogWriter log = new LogWriter(block, 0, Tag.NO_PREVIOUS, size, 4096, true);
            write(log.revision(1), fresh(0x00020001));
            assertThat(log.offset()).isEqualTo(4096);
            byte[] image = new byte[size];
            Arrays.fill(image, (byte) 0xff);
            System.arraycopy(bytes(log.bytes()), 0, image, 0, log.bytes().remaining());
            LogScan scan = LogScan.of(ArrayBlock.of(size, 0xff, HexFormat.of().formatHex(image)), Dialect.LITTLEFS);
            assertThat(scan.commits()).isEqualTo(4); // at 44, 1070, 2096 and 3122
            assertThat(scan.endOffset()).isEqualTo(4096);
            assertThat(scan.forwardCrc()).isNotNull();
        }
    }
}
