package dev.morgana.littlefs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The hex dumps of the littlefs page, read tag by tag. */
class LogReaderTest {
    /** Section 4.8: a fresh image with programs of 16 bytes. */
    private static final String FRESH = """
            01000000
            f00ffff7 6c6974746c656673
            2fe00010 01000200 00020000 20000000 ff000000 ffffff7f fe030000
            7feffc10 10000000 e5394cc0
            0ff0000c 8bf5f38c
            """;

    /** Section 14.2: the same file system with a file and an attribute; its first commit is another block's. */
    private static final String FILE_AND_ATTRIBUTE = """
            101ff804
            40000009 68656c6c6f2e747874
            20000009
            7feff808 10000000 e5394cc0
            0ff00003 1989b972 ffffffffffffff
            701ff81b 48656c6c6f2c206c6974746c65667321
            7feff818 10000000 e5394cc0
            0ff00004 415f1431 ffffffffffffffff
            674ff809 0102030405
            68bff80d 10000000 e5394cc0
            0ff0000f a119222b ffffff
            """;

    @Nested
    class AFreshImage {
        private final ArrayBlock block = ArrayBlock.of(512, 0xff, FRESH);

        @Test
        void hasOneCommit() throws Exception {
            LogScan scan = LogScan.of(block, Dialect.LITTLEFS);

            assertThat(scan.revision()).isEqualTo(1);
            assertThat(scan.commits()).isEqualTo(1);
            assertThat(scan.endOffset()).isEqualTo(0x40);
            assertThat(scan.previous()).isEqualTo(0x500ffc04);
            assertThat(scan.end()).isEqualTo(LogEnd.NO_TAG);
            assertThat(scan.endsClean()).isTrue();
            assertThat(scan.forwardCrc()).isEqualTo(new ForwardCrc(16, 0xc04c39e5));
            assertThat(scan.state().superblock()).contains(new Superblock(0x00020001, 512, 32, 255, 2147483647, 1022));
        }

        @Test
        void isHandedOutTagByTag() throws Exception {
            assertThat(tags(block, Dialect.LITTLEFS))
                    .containsExactly("4 superblock name", "16 inline struct", "44 forward CRC", "56 CRC intact");
        }

        @Test
        void hasNoCommitWithAnyBitFlipped() throws Exception {
            for (int offset = 0; offset < 0x40; offset++) {
                byte[] bytes = ArrayBlock.bytes(FRESH);
                bytes[offset] ^= 1;
                String hex = HexFormat.of().formatHex(bytes);

                LogScan scan = LogScan.of(ArrayBlock.of(512, 0xff, hex), Dialect.LITTLEFS);

                assertThat(scan.isUsable()).as("bit 0 of byte %d", offset).isFalse();
                assertThat(scan.state()).isEqualTo(PairState.EMPTY);
            }
        }

        /** Section 14.1: one program of 512 bytes fills the block, so nothing can follow. */
        @Test
        void mayFillItsBlock() throws Exception {
            ArrayBlock full = ArrayBlock.of(512, 0xff, """
                    00000000
                    f00ffff7 6c6974746c656673
                    2fe00010 01000200 00020000 20000000 ff000000 ffffff7f fe030000
                    701ffdc8 41f1e6c0
                    """);

            LogScan scan = LogScan.of(full, Dialect.LITTLEFS);

            assertThat(scan.commits()).isEqualTo(1);
            assertThat(scan.endOffset()).isEqualTo(512);
            assertThat(scan.end()).isEqualTo(LogEnd.FULL);
            assertThat(scan.endsClean()).isFalse();
            assertThat(scan.forwardCrc()).isNull();
        }
    }

    @Nested
    class AFileWithAnAttribute {
        /** Section 4.8's first commit has revision 1 as block 1 of section 14.2, so the chain goes on behind it. */
        private final ArrayBlock block = ArrayBlock.of(512, 0xff, FRESH + FILE_AND_ATTRIBUTE);

        @Test
        void isReadFromFourCommits() throws Exception {
            LogScan scan = LogScan.of(block, Dialect.LITTLEFS);

            assertThat(scan.commits()).isEqualTo(4);
            assertThat(scan.endOffset()).isEqualTo(0xc0);
            MetadataEntry entry = scan.state().entries().get(1);
            assertThat(entry.isFile()).isTrue();
            assertThat(entry.name()).hasToString("hello.txt");
            assertThat(((EntryStruct.Inline) entry.struct()).content())
                    .isEqualTo("Hello, littlefs!".getBytes(StandardCharsets.US_ASCII));
            assertThat(entry.attributes().get(0x74)).isEqualTo(new byte[] {1, 2, 3, 4, 5});
            assertThat(entry.offset()).isEqualTo(0x70);
        }

        @Test
        void losesOnlyTheLastCommitIfThatIsTorn() throws Exception {
            ArrayBlock torn = block.with(0xa9, "ff".repeat(0x17));

            LogScan scan = LogScan.of(torn, Dialect.LITTLEFS);

            assertThat(scan.commits()).isEqualTo(3);
            assertThat(scan.endsClean()).isFalse();
            assertThat(scan.endOffset()).isEqualTo(0xa0);
            assertThat(scan.state().entries().get(1).attributes()).isEmpty();
        }

        @Test
        void goesOnBehindADamagedCommitIfAsked() throws Exception {
            LogReader log = new LogReader(block.with(0x74, "00"), Dialect.LITTLEFS);
            LogItem.Commit damaged = null;
            for (LogItem item = log.next(); item != null; item = log.next()) {
                damaged = item instanceof LogItem.Commit commit && !commit.isIntact() ? commit : null;
            }
            assertThat(damaged).isNotNull();
            assertThat(log.end()).isEqualTo(LogEnd.BAD_CRC);

            log.resume(damaged);

            assertThat(log.next().tag().label()).isEqualTo("attribute 116");
            assertThat(log.next().tag().label()).isEqualTo("forward CRC");
            assertThat(((LogItem.Commit) log.next()).isIntact()).isTrue();
        }
    }

    @Nested
    class APairOfASplitDirectory {
        @Test
        void hasItsNamesOutOfOrderAndAHardTail() throws Exception {
            PairState state = PairStates.apply(
                    Dialect.LITTLEFS,
                    PairStates.name(1, "item-106"),
                    PairStates.inline(1, "x"),
                    PairStates.name(0, "item-105"),
                    PairStates.inline(0, "y"),
                    PairStates.entry(Tag.of(TagType.HARD_TAIL, Tag.NO_ID, 8), "52000000 53000000"),
                    PairStates.entry(Tag.of(TagType.DELETE, 1, 0), ""));

            assertThat(PairStates.names(state)).containsExactly("item-105");
            assertThat(state.isSplit()).isTrue();
            assertThat(state.tail().pair()).isEqualTo(new BlockPair(82, 83));
        }
    }

    @Nested
    class GarbageBehindTheLog {
        /** Erased to zeros behind a commit of phase 0: the tag before it repeats, to no effect. */
        @Test
        void neverCountsWithoutAChecksum() throws Exception {
            LogScan scan = LogScan.of(ArrayBlock.of(512, 0x00, FRESH), Dialect.LITTLEFS);

            assertThat(scan.commits()).isEqualTo(1);
            assertThat(scan.endsClean()).isFalse();
        }

        @Test
        void mayHaveAnyLength() throws Exception {
            for (int word = 0; word < 0x400; word++) {
                String tag = HexFormat.of().toHexDigits(0x500ffc04 ^ (0x60000000 | word));
                LogScan scan = LogScan.of(ArrayBlock.of(512, 0xff, FRESH + tag), Dialect.LITTLEFS);

                assertThat(scan.commits()).isEqualTo(1);
            }
        }
    }

    @Nested
    class ALogOfChamelon {
        /** Semantics page, 2.7, row "Block": the superblock commit of 16 blocks of 4096 bytes. */
        private static final String SUPERBLOCK = """
                01000000
                f00ffff7 6c6974746c656673
                2fe00010 00000200 00100000 10000000 20000000 ffffff7f fe030000
                701ffc08 50ff0d72 ffffffff ffffffff ffffffff
                """;

        @Test
        void hasTheRecordedChecksum() throws Exception {
            LogScan scan = LogScan.of(ArrayBlock.of(4096, 0x00, SUPERBLOCK), Dialect.CHAMELON);

            assertThat(scan.commits()).isEqualTo(1);
            assertThat(scan.endOffset()).isEqualTo(64);
            assertThat(scan.state().superblock()).contains(new Superblock(0x00020000, 4096, 16, 32, 2147483647, 1022));
        }

        @Test
        void endsAtZeros() throws Exception {
            LogScan scan = LogScan.of(ArrayBlock.of(4096, 0x00, SUPERBLOCK), Dialect.CHAMELON);

            assertThat(scan.end()).isEqualTo(LogEnd.NO_TAG);
            assertThat(scan.endsClean()).isTrue();
        }
    }

    private static List<String> tags(BlockBytes block, Dialect dialect) throws Exception {
        LogReader log = new LogReader(block, dialect);
        List<String> tags = new ArrayList<>();
        for (LogItem item = log.next(); item != null; item = log.next()) {
            String intact = item instanceof LogItem.Commit commit && commit.isIntact() ? " intact" : "";
            tags.add(item.offset() + " " + item.tag().label() + intact);
        }
        return tags;
    }
}
