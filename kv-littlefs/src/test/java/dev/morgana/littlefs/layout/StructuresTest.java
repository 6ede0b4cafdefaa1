package dev.morgana.littlefs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structures with a fixed form, by the hex dumps of the littlefs page. */
class StructuresTest {
    @Nested
    class ASuperblock {
        /** Section 4.8. */
        private static final String HEX = "01000200 00020000 20000000 ff000000 ffffff7f fe030000";

        @Test
        void decodes() {
            Superblock superblock = Superblock.decode(ArrayBlock.bytes(HEX)).orElseThrow();

            assertThat(superblock).isEqualTo(new Superblock(0x00020001, 512, 32, 255, 2147483647, 1022));
            assertThat(superblock.versionText()).isEqualTo("2.1");
            assertThat(superblock.encode()).isEqualTo(ArrayBlock.bytes(HEX));
        }

        @Test
        void isNoneWhenTooShort() {
            assertThat(Superblock.decode(new byte[23])).isEmpty();
        }
    }

    @Nested
    class APair {
        @Test
        void decodes() {
            byte[] bytes = ArrayBlock.bytes("14000000 15000000");

            assertThat(BlockPair.decode(bytes)).isEqualTo(new BlockPair(20, 21));
            assertThat(new BlockPair(20, 21).encode()).isEqualTo(bytes);
        }

        @Test
        void isNoneIfEitherBlockIs() {
            assertThat(BlockPair.decode(ArrayBlock.bytes("ffffffff 15000000")).isNone())
                    .isTrue();
            assertThat(BlockPair.decode(ArrayBlock.bytes("14000000 ffffffff")).isNone())
                    .isTrue();
            assertThat(new BlockPair(20, 21).isNone()).isFalse();
        }

        @Test
        void isTheSamePairAfterOneBlockWasReplaced() {
            BlockPair before = new BlockPair(60, 61);
            BlockPair after = new BlockPair(36, 60);

            assertThat(before.sharesBlock(after)).isTrue();
            assertThat(before.sameBlocks(after)).isFalse();
            assertThat(before.sameBlocks(new BlockPair(61, 60))).isTrue();
            assertThat(before.sharesBlock(new BlockPair(62, 63))).isFalse();
        }
    }

    @Nested
    class AMoveState {
        /** Section 14.5. */
        private static final String HEX = "0000f04f 14000000 15000000";

        private final MoveState state = MoveState.decode(ArrayBlock.bytes(HEX)).orElseThrow();

        @Test
        void decodes() {
            assertThat(state).isEqualTo(new MoveState(0x4ff00000, new BlockPair(20, 21)));
            assertThat(state.encode()).isEqualTo(ArrayBlock.bytes(HEX));
            assertThat(state.hasMove()).isTrue();
            assertThat(state.hasOrphans()).isFalse();
            assertThat(state.sourceId()).isZero();
        }

        @Test
        void hidesOneEntryOfThePairThatSharesABlock() {
            assertThat(state.hides(new BlockPair(21, 7), 0)).isTrue();
            assertThat(state.hides(new BlockPair(21, 7), 1)).isFalse();
            assertThat(state.hides(new BlockPair(22, 23), 0)).isFalse();
        }

        @Test
        void takesItselfAway() {
            assertThat(state.xor(state)).isEqualTo(MoveState.NONE);
            assertThat(state.xor(MoveState.NONE)).isEqualTo(state);
            assertThat(state.xor(state).isNone()).isTrue();
        }

        @Test
        void tellsOrphansByTheTopBit() {
            MoveState orphans = MoveState.decode(ArrayBlock.bytes("00000080 00000000 00000000"))
                    .orElseThrow();

            assertThat(orphans.hasOrphans()).isTrue();
            assertThat(orphans.hasMove()).isFalse();
        }

        @Test
        void isNoneWhenTooShort() {
            assertThat(MoveState.decode(new byte[11])).isEmpty();
        }
    }

    @Nested
    class AForwardCrc {
        private final ForwardCrc forward =
                ForwardCrc.decode(ArrayBlock.bytes("10000000 e5394cc0")).orElseThrow();

        @Test
        void decodes() {
            assertThat(forward).isEqualTo(new ForwardCrc(16, 0xc04c39e5));
            assertThat(forward.encode()).isEqualTo(ArrayBlock.bytes("10000000 e5394cc0"));
        }

        @Test
        void matchesWhileTheBytesAreErased() throws Exception {
            ArrayBlock block = ArrayBlock.of(64, 0xff, "");

            assertThat(forward.matches(block, 48)).isTrue();
            assertThat(forward.matches(block.with(63, "fe"), 48)).isFalse();
        }

        /** Section 4.6: the size is another writer's, or garbage. */
        @Test
        void doesNotMatchBeyondTheBlock() throws Exception {
            assertThat(forward.matches(ArrayBlock.of(64, 0xff, ""), 49)).isFalse();
            assertThat(new ForwardCrc(0xffffffffL, 0).matches(ArrayBlock.of(64, 0xff, ""), 0))
                    .isFalse();
        }
    }

    @Nested
    class AStruct {
        @Test
        void ofADirectoryIsAPair() {
            EntryStruct struct = decode(TagType.DIRECTORY_STRUCT, "14000000 15000000");

            assertThat(struct).isEqualTo(new EntryStruct.Directory(new BlockPair(20, 21)));
            assertThat(struct.type()).isEqualTo(0x200);
        }

        @Test
        void ofALargeFileIsAHeadAndASize() {
            EntryStruct struct = decode(TagType.CTZ_STRUCT, "1b000000 280a0000");

            assertThat(struct).isEqualTo(new EntryStruct.Ctz(new CtzHead(27, 2600)));
            assertThat(struct.encode()).isEqualTo(ArrayBlock.bytes("1b000000 280a0000"));
        }

        @Test
        void ofAWrongLengthIsKeptAsItIs() {
            EntryStruct struct = decode(TagType.CTZ_STRUCT, "1b0000");

            assertThat(struct).isInstanceOf(EntryStruct.Unknown.class);
            assertThat(struct.encode()).isEqualTo(ArrayBlock.bytes("1b0000"));
        }

        private EntryStruct decode(TagType type, String hex) {
            byte[] data = ArrayBlock.bytes(hex);
            return EntryStruct.decode(Tag.of(type, 1, data.length), data);
        }
    }

    @Nested
    class AName {
        /** Section 8.1: a real listing. */
        @Test
        void isOrderedWithTheLongerOneFirst() {
            List<String> listing =
                    List.of("A", "B", "a-", "a.", "aaa", "aa", "abc", "ab", "a", "b", "z", "~", "\u00e9");
            List<FileName> names = listing.stream()
                    .map(text -> new FileName(text.getBytes(StandardCharsets.UTF_8)))
                    .collect(Collectors.toList());
            List<FileName> expected = List.copyOf(names);
            Collections.shuffle(names, new Random(7));
            Collections.sort(names);

            assertThat(names).isEqualTo(expected);
        }

        @Test
        void isASegmentUnlessEmptyOrWithASlash() {
            assertThat(new FileName(new byte[0]).isSegment()).isFalse();
            assertThat(new FileName(new byte[] {'a', '/'}).isSegment()).isFalse();
            assertThat(new FileName(new byte[] {(byte) 0xff}).isSegment()).isTrue();
        }

        @Test
        void isSpecialIfThePeerCannotOpenIt() {
            assertThat(new FileName(new byte[] {'.'}).isSpecial()).isTrue();
            assertThat(new FileName(new byte[] {'.', '.'}).isSpecial()).isTrue();
            assertThat(new FileName(new byte[] {'a', 0}).isSpecial()).isTrue();
            assertThat(new FileName(new byte[] {'.', 'a'}).isSpecial()).isFalse();
            assertThat(new FileName(new byte[] {'.', '.', '.'}).isSpecial()).isFalse();
        }
    }

    @Nested
    class ATime {
        /** The last five from images of chamelon: signed days, picoseconds cut to nanoseconds. */
        @ParameterizedTest
        @CsvSource({
            "00000000, 1970-01-01T00:00:00Z",
            "ffffffff, 2106-02-07T06:28:15Z",
            "80510100 00000000, 1970-01-02T00:00:00Z",
            "ffffffffffffffff, 1969-12-31T23:59:59Z",
            "d04e0000 f7c30b5962705c00, 2025-03-29T07:13:39.265560429Z",
            "2e500000 7c13cfd72ffc0301, 2026-03-14T20:19:39.301382394Z",
            "17610000 00005856cb612900, 2038-01-19T03:14:08Z",
            "90560000 d69485416e5a2600, 2030-09-03T02:59:55.478707180Z",
            "ffffffff 0000000000000000, 1969-12-31T00:00:00Z",
        })
        void isReadByItsLength(String hex, String expected) {
            assertThat(StoredTime.decode(ArrayBlock.bytes(hex))).contains(Instant.parse(expected));
        }

        /** Four bytes last until 2106; what comes then, or was before 1970, takes eight. */
        @ParameterizedTest
        @CsvSource({
            "1970-01-01T00:00:00Z,00000000",
            "2023-11-12T13:14:15.9Z,a7cf5065",
            "2106-02-07T06:28:15Z,ffffffff",
            "2106-02-07T06:28:16Z,0000000001000000",
            "1969-12-31T23:59:59Z,ffffffffffffffff"
        })
        void timesAreWrittenToTheSecond(String time, String hex) {
            assertThat(StoredTime.encode(Instant.parse(time))).isEqualTo(ArrayBlock.bytes(hex));
        }

        @Test
        void isNoneIfNobodyWritesIt() {
            assertThat(StoredTime.decode(new byte[5])).isEmpty();
            assertThat(StoredTime.decode(new byte[0])).isEmpty();
            assertThat(StoredTime.decode(filled(8, 0x7f))).isEmpty();
            assertThat(StoredTime.decode(filled(12, 0x7f))).isEmpty();
            assertThat(StoredTime.decode(filled(12, 0xff))).isEmpty();
        }

        private byte[] filled(int length, int value) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) value);
            assertThat(HexFormat.of().formatHex(bytes)).hasSize(2 * length);
            return bytes;
        }
    }
}
