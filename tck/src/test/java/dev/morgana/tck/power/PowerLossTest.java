package dev.morgana.tck.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.power.ToyStore.Flaw;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine catches what is wrong, and only that. */
class PowerLossTest {
    private static final ToyScenario NUMBERS =
            new ToyScenario(List.of(0x0101_0101_0202_0202L, 0x0303_0303_0404_0404L, 0x0505_0505_0606_0606L, 7L));

    private static Geometry geometry(int programSize) {
        return new Geometry(1, programSize, 64, 4, ErasedState.ONES);
    }

    private static PowerLoss campaign(Flaw flaw) {
        return PowerLoss.of(new ToyProvider(flaw), geometry(4));
    }

    @Nested
    class WhenTheStoreIsRight {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void passes(int programSize) throws Exception {
            PowerLossReport report = PowerLoss.of(new ToyProvider(Flaw.NONE), geometry(programSize))
                    .withRecoveryCuts()
                    .run(NUMBERS);

            assertThat(report.effective()).isPositive();
            assertThat(report.images()).isGreaterThanOrEqualTo(report.effective());
            assertThat(report.sampled()).isZero();
        }

        @Test
        void countsEveryPointOfTheRecord() throws Exception {
            PowerLossReport report = campaign(Flaw.NONE).run(NUMBERS);

            // The beginning, and per step two erases, two programs, two syncs, and the return.
            assertThat(report.cuts()).isEqualTo(1 + 4 * 7);
        }

        @Test
        void passesWhileItIsFormatted() throws Exception {
            PowerLossReport report = campaign(Flaw.NONE).runFormat(NUMBERS);

            assertThat(report.effective()).isPositive();
        }

        @Test
        void givesTheSameReportEachTime() throws Exception {
            assertThat(campaign(Flaw.NONE).run(NUMBERS))
                    .isEqualTo(campaign(Flaw.NONE).run(NUMBERS));
        }
    }

    @Nested
    class WhenTheStoreIsWrong {
        @ParameterizedTest
        @CsvSource({
            "NO_SYNC_BETWEEN, step 0 under way",
            "NO_SYNC_AT_END, 1 steps acknowledged",
            "POINTER_FIRST, step 0 under way",
            "TORN_POINTER_COUNTS, bytes of the next",
            "PROGRAMS_TWICE, not erased",
            "READS_FOR_EVER_AFTER_CRASH, endless loop",
        })
        void fails(Flaw flaw, String reason) {
            assertThatThrownBy(() -> campaign(flaw).run(NUMBERS))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(reason);
        }

        @Test
        void failsWhenFormattingShowsAnOlderState() {
            assertThatThrownBy(() -> campaign(Flaw.FORMAT_ERASES_NEWEST_FIRST).runFormat(NUMBERS))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("step 0 under way");
        }

        @Test
        void findsUnsafeRecoveryByCuttingAgain() throws Exception {
            PowerLoss once = campaign(Flaw.REWRITES_IN_PLACE_ON_OPEN);

            assertThat(once.run(NUMBERS).recoveryImages()).isZero();
            assertThatThrownBy(() -> once.withRecoveryCuts().run(NUMBERS))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("then, while recovering");
        }
    }

    @Nested
    class WhenNothingIsTested {
        @Test
        void failsWithoutAnyWrite() {
            Scenario<ToyStore> idle = new Scenario<>() {
                @Override
                public String name() {
                    return "idle";
                }

                @Override
                public ToyStore view(dev.morgana.spi.store.Store store) {
                    return (ToyStore) store;
                }

                @Override
                public int steps() {
                    return 1;
                }

                @Override
                public void run(int step, ToyStore store) throws Exception {
                    store.get();
                }

                @Override
                public Judge<ToyStore> judge(Progress progress) {
                    return store -> {};
                }
            };

            assertThatThrownBy(() -> campaign(Flaw.NONE).run(idle))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no power cut took effect");
        }
    }
}
