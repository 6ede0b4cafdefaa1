package dev.morgana.spi.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.InvalidOptionException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    private static final Option<Long> BLOCK =
            Option.size("blockSize").range(128, 1 << 20).byDefault(4096L);
    private static final Option<Long> CYCLES =
            Option.integer("blockCycles").unit("erases").range(-1, 1000).describe("moves a pair after so many erases");
    private static final Option<Boolean> FLAG = Option.flag("readOnly");
    private static final Option<Colour> COLOUR = Option.choice("colour", Colour.class);

    @Nested
    class Values {
        @ParameterizedTest
        @CsvSource({"4096,4096", "0x1000,4096", "4K,4096", "4k,4096", "4KiB,4096", "4kb,4096", "1M,1048576", "512B,512"
        })
        void sizesAsPeopleWriteThem(String text, long bytes) throws Exception {
            assertThat(Options.none().plus("blockSize", text).get(BLOCK)).isEqualTo(bytes);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "4.5K", "K", "0x", "4Q", "99999999999999999999", "9999999999G", " 4096"})
        void brokenSizesAreRefusedWithWhatWouldBeRight(String text) {
            assertThatThrownBy(() -> Options.none().plus("blockSize", text).get(BLOCK))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("blockSize")
                    .hasMessageContaining("128 to 1048576 bytes");
        }

        @Test
        void negativeNumbers() throws Exception {
            assertThat(Options.none().plus("block-cycles", "-1").get(CYCLES)).isEqualTo(-1);
            assertThat(Options.none().plus("block-cycles", "-0x1").get(CYCLES)).isEqualTo(-1);
        }

        @Test
        void outOfRange() {
            assertThatThrownBy(() -> Options.none().plus("blockCycles", "1001").get(CYCLES))
                    .hasMessage(
                            "option blockCycles: 1001 is out of range, must be a whole number of -1 to 1000 erases");
        }

        @Test
        void flagsNeedNoValue() throws Exception {
            assertThat(Options.none().plus("readOnly", "").get(FLAG)).isTrue();
            assertThat(Options.none().plus("readOnly", "false").get(FLAG)).isFalse();
            assertThatThrownBy(() -> Options.none().plus("readOnly", "maybe").get(FLAG))
                    .hasMessageContaining("true, false");
        }

        @Test
        void choicesByWord() throws Exception {
            assertThat(Options.none().plus("colour", "dark-blue").get(COLOUR)).isEqualTo(Colour.DARK_BLUE);
            assertThat(Options.none().plus("colour", "DARK_BLUE").get(COLOUR)).isEqualTo(Colour.DARK_BLUE);
            assertThatThrownBy(() -> Options.none().plus("colour", "green").get(COLOUR))
                    .hasMessageContaining("red, dark-blue");
        }

        @Test
        void objectsComeFromProgramsOnly() throws Exception {
            InstantSource clock = InstantSource.fixed(Instant.EPOCH);
            assertThat(Options.none().with(CommonOptions.CLOCK, clock).get(CommonOptions.CLOCK))
                    .isSameAs(clock);
            assertThatThrownBy(() -> Options.none().plus("clock", "now").get(CommonOptions.CLOCK))
                    .isInstanceOf(InvalidOptionException.class);
            assertThatThrownBy(() -> Options.of(Map.of("clock", 5)).get(CommonOptions.CLOCK))
                    .hasMessageContaining("InstantSource");
        }

        @Test
        void programsValuesAreCheckedToo() {
            assertThatThrownBy(() -> Options.none().with(BLOCK, 5L).get(BLOCK))
                    .isInstanceOf(InvalidOptionException.class);
        }
    }

    @Nested
    class Sets {
        @Test
        void threeSpellingsAreOneName() throws Exception {
            for (String name : List.of("blockSize", "block_size", "block-size")) {
                assertThat(Options.none().plus(name, "512").get(BLOCK)).isEqualTo(512);
            }
        }

        @Test
        void defaultsCountWhenNothingIsGiven() throws Exception {
            assertThat(Options.none().get(BLOCK)).isEqualTo(4096);
            assertThat(Options.none().optional(CYCLES)).isEmpty();
            assertThatThrownBy(() -> Options.none().get(CYCLES)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void firstOfTwoSetsWins() throws Exception {
            Options mine = Options.none().plus("blockSize", "512");
            Options theirs = Options.none().plus("blockSize", "1024").plus("readOnly", "");
            Options both = mine.orElse(theirs);
            assertThat(both.get(BLOCK)).isEqualTo(512);
            assertThat(both.get(FLAG)).isTrue();
        }

        @Test
        void onlyOneValueUnlessTheOptionMayBeRepeated() throws Exception {
            Options twice = Options.none().plus("replica", "a").plus("replica", "b");
            assertThat(twice.all(CommonOptions.REPLICA)).containsExactly("a", "b");
            assertThatThrownBy(() -> twice.get(CommonOptions.REPLICA)).hasMessageContaining("2 times");
        }

        @Test
        void checkFindsUnknownNamesAndWrongValues() throws Exception {
            List<Option<?>> declared = List.of(BLOCK, FLAG);
            Options.none().plus("blockSize", "512").check(declared);
            assertThatThrownBy(() -> Options.none().plus("blokSize", "512").check(declared))
                    .hasMessageContaining("did you mean blockSize?");
            assertThatThrownBy(() -> Options.none().plus("zzz", "512").check(declared))
                    .hasMessageContaining("known: blockSize, readOnly")
                    .hasMessageNotContaining("did you mean");
            assertThatThrownBy(() -> Options.none().plus("blockSize", "1").check(declared))
                    .isInstanceOf(InvalidOptionException.class);
        }
    }

    @Nested
    class Descriptions {
        @Test
        void oneDeclarationTellsAll() {
            assertThat(BLOCK).hasToString("blockSize (size, 128 to 1048576, bytes, default 4096)");
            assertThat(CYCLES)
                    .hasToString("blockCycles (whole number, -1 to 1000, erases): moves a pair after so many erases");
            assertThat(COLOUR).hasToString("colour (choice, red, dark-blue)");
        }

        @Test
        void namesAreCamelCase() {
            assertThatThrownBy(() -> Option.text("block_size")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
