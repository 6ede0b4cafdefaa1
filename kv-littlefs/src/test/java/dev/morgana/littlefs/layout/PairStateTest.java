package dev.morgana.littlefs.layout;

import static dev.morgana.littlefs.layout.PairStates.apply;
import static dev.morgana.littlefs.layout.PairStates.attribute;
import static dev.morgana.littlefs.layout.PairStates.content;
import static dev.morgana.littlefs.layout.PairStates.create;
import static dev.morgana.littlefs.layout.PairStates.delete;
import static dev.morgana.littlefs.layout.PairStates.entry;
import static dev.morgana.littlefs.layout.PairStates.inline;
import static dev.morgana.littlefs.layout.PairStates.name;
import static dev.morgana.littlefs.layout.PairStates.names;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PairStateTest {
    @Nested
    class InLittlefs {
        /** Section 6.3. */
        @Test
        void createsAndDeletesShiftWhatIsAbove() {
            PairState state = apply(
                    Dialect.LITTLEFS,
                    name(0, "-"),
                    name(2, "mm"),
                    inline(2, "m1"),
                    name(1, "bb"),
                    inline(1, "b1"),
                    name(3, "zz"),
                    inline(3, "z1"),
                    create(1),
                    name(1, "aa"),
                    inline(1, "a1"),
                    delete(3),
                    inline(2, "b2"),
                    attribute(2, 65, "at"),
                    attribute(3, 65, "gone"),
                    entry(Tag.of(0x341, 3, Tag.DELETED), ""),
                    create(3),
                    name(3, "nn"),
                    inline(3, "n1"));

            assertThat(names(state)).containsExactly("aa", "bb", "nn", "zz");
            assertThat(content(state, 2)).isEqualTo("b2");
            assertThat(state.entries().get(2).attributes()).containsOnlyKeys(65);
            assertThat(state.entries().get(4).attributes()).isEmpty();
        }

        @Test
        void theNewestStructCounts() {
            PairState state = apply(
                    Dialect.LITTLEFS,
                    name(0, "f"),
                    entry(Tag.of(TagType.CTZ_STRUCT, 0, 8), "1b000000 280a0000"),
                    inline(0, "small"));

            assertThat(content(state, 0)).isEqualTo("small");
        }

        @Test
        void theNewestTailCounts() {
            PairState state = apply(
                    Dialect.LITTLEFS,
                    entry(Tag.of(TagType.HARD_TAIL, Tag.NO_ID, 8), "02000000 03000000"),
                    entry(Tag.of(TagType.SOFT_TAIL, Tag.NO_ID, 8), "04000000 05000000"));

            assertThat(state.tail()).isEqualTo(new Tail(new BlockPair(4, 5), false, 0));
            assertThat(state.isSplit()).isFalse();
        }

        @Test
        void aTailOfNoBlockIsNone() {
            PairState state =
                    apply(Dialect.LITTLEFS, entry(Tag.of(TagType.SOFT_TAIL, Tag.NO_ID, 8), "ffffffff ffffffff"));

            assertThat(state.tail()).isNull();
        }

        @Test
        void anEntryWithoutStructIsNotVisible() {
            assertThat(names(apply(Dialect.LITTLEFS, create(0), name(0, "f")))).isEmpty();
        }

        @Test
        void anEmptyAttributeExists() {
            PairState state = apply(Dialect.LITTLEFS, name(0, "f"), inline(0, ""), attribute(0, 1, ""));

            assertThat(state.entries().get(0).attributes()).containsKey(1);
        }

        @Test
        void theNewestMoveStateCounts() {
            PairState state = apply(
                    Dialect.LITTLEFS,
                    entry(Tag.of(TagType.MOVE_STATE, Tag.NO_ID, 12), "0000f04f 14000000 15000000"),
                    entry(Tag.of(TagType.MOVE_STATE, Tag.NO_ID, 12), "00000080 00000000 00000000"));

            assertThat(state.moveDelta()).isEqualTo(new MoveState(0x80000000, new BlockPair(0, 0)));
        }

        @Test
        void unknownTypesChangeNothing() {
            PairState state = apply(
                    Dialect.LITTLEFS,
                    name(0, "f"),
                    inline(0, "x"),
                    entry(Tag.of(0x7aa, Tag.NO_ID, 4), "01020304"),
                    entry(Tag.of(0x402, 0, 0), ""),
                    entry(Tag.of(0x5a0, Tag.NO_ID, 4), "01020304"));

            assertThat(names(state)).containsExactly("f");
        }

        /** Section 5.2: absurd lengths and ids must not throw. */
        @Test
        void garbageIsPassedOver() {
            PairState state = apply(
                    Dialect.LITTLEFS,
                    entry(Tag.of(TagType.SOFT_TAIL, Tag.NO_ID, 3), "020000"),
                    entry(Tag.of(TagType.MOVE_STATE, Tag.NO_ID, 1), "02"),
                    delete(7),
                    inline(5, "nobody"),
                    attribute(Tag.NO_ID, 1, "nobody"),
                    name(Tag.NO_ID, "nobody"),
                    create(Tag.NO_ID));

            assertThat(state).isEqualTo(PairState.EMPTY);
        }

        @Test
        void endlessCreatesStayWithinTheIds() {
            LogItem.Entry[] creates = new LogItem.Entry[5000];
            Arrays.fill(creates, create(0));

            assertThat(apply(Dialect.LITTLEFS, creates).entries()).hasSize(1023);
        }
    }

    /** Rules R3 to R5 and R8 of the chamelon page. */
    @Nested
    class InChamelon {
        @Test
        void nothingShifts() {
            PairState state = apply(
                    Dialect.CHAMELON,
                    name(1, "a"),
                    inline(1, "1"),
                    name(2, "b"),
                    inline(2, "2"),
                    name(3, "c"),
                    inline(3, "3"),
                    delete(1),
                    delete(2));

            assertThat(names(state)).containsExactly("c");
            assertThat(content(state, 3)).isEqualTo("3");
        }

        @Test
        void createsMeanNothing() {
            PairState state = apply(Dialect.CHAMELON, name(1, "a"), inline(1, "1"), create(1));

            assertThat(content(state, 1)).isEqualTo("1");
        }

        @Test
        void attributesMayComeBeforeTheName() {
            PairState state = apply(Dialect.CHAMELON, attribute(1, 0x74, "t"), name(1, "a"), inline(1, "1"));

            assertThat(state.entries().get(1).attributes()).containsOnlyKeys(0x74);
        }

        @Test
        void ofTwoKindsOfStructTheSkipListWins() {
            LogItem.Entry ctz = entry(Tag.of(TagType.CTZ_STRUCT, 1, 8), "1b000000 280a0000");

            PairState state = apply(Dialect.CHAMELON, name(1, "a"), ctz, inline(1, "1"));

            assertThat(state.entries().get(1).struct()).isEqualTo(new EntryStruct.Ctz(new CtzHead(27, 2600)));
        }

        @Test
        void theFirstHardTailCountsAndSoftOnesDoNot() {
            PairState state = apply(
                    Dialect.CHAMELON,
                    entry(Tag.of(TagType.SOFT_TAIL, Tag.NO_ID, 8), "02000000 03000000"),
                    entry(Tag.of(TagType.HARD_TAIL, Tag.NO_ID, 8), "04000000 05000000"),
                    entry(Tag.of(TagType.HARD_TAIL, Tag.NO_ID, 8), "06000000 07000000"));

            assertThat(state.tail()).isEqualTo(new Tail(new BlockPair(4, 5), true, 0));
        }
    }
}
