package dev.morgana.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The harness itself: what it must not let pass, and how it counts. */
class HarnessTest {
    private static final GoldenCase CASE = new GoldenCase("toy", "one", Path.of("one.json"));

    private record Toy(boolean isBuilt, Verdict verdict) implements FormatCases {
        @Override
        public String format() {
            return "toy";
        }

        @Override
        public Verdict image(GoldenCase image) {
            return verdict;
        }

        @Override
        public Verdict trace(GoldenCase trace) {
            throw new IllegalStateException("a crash of the backend");
        }
    }

    @Nested
    class Manifests {
        @Test
        void anUnknownFieldIsRefused() {
            Fields fields = Fields.parse("m", "{\"known\":1,\"list\":[{\"a\":1,\"new\":2}]}");
            fields.get("known");
            fields.objects("list").forEach(element -> element.get("a"));
            assertThatThrownBy(fields::rejectUnread).hasMessage("m.list: unknown fields [new]");
        }

        @Test
        void aMissingFieldIsNamed() {
            assertThatThrownBy(() -> Fields.parse("m", "{}").get("expect")).hasMessage("m: has no field expect");
        }

        @Test
        void everyFieldReadPasses() {
            Fields fields = Fields.parse("m", "{\"a\":1,\"note\":\"x\"}");
            fields.get("a");
            fields.passOver("note");
            fields.rejectUnread();
        }
    }

    @Nested
    class Counting {
        @Test
        void aMissOfAFormatThatIsBuiltIsAFailure() {
            Tally tally = new Tally(new Toy(true, Verdict.fail("differs")));
            tally.image(CASE);
            assertThat(tally.misses()).containsExactly("toy one: differs");
            assertThat(tally).asString().startsWith("golden toy: images 0/1, traces 0/0, ");
        }

        @Test
        void aMissOfAFormatThatIsNotBuiltIsOnlyCounted() {
            Tally tally = new Tally(new Toy(false, Verdict.fail("not built")));
            tally.image(CASE);
            tally.trace(CASE);
            assertThat(tally.misses()).isEmpty();
            assertThat(tally).asString().contains("images 0/1, traces 0/1");
        }

        @Test
        void aCrashIsAMissAndDoesNotHideOtherCases() {
            Tally tally = new Tally(new Toy(true, Verdict.pass()));
            tally.trace(CASE);
            tally.image(CASE);
            assertThat(tally.misses()).hasSize(1).first().asString().contains("a crash of the backend");
            assertThat(tally.found()).isEqualTo(2);
        }
    }

    @Nested
    class Ratios {
        private IoCount count(long bytes, long syncs, long mutations) {
            return new IoCount(bytes, bytes, bytes, bytes, bytes, bytes, syncs, mutations);
        }

        @Test
        void areGeometricMeansWithTheWorstTrace() {
            IoRatios ratios = new IoRatios();
            ratios.add("cheap", count(25, 1, 1), count(100, 1, 1));
            ratios.add("dear", count(400, 1, 1), count(100, 1, 1));
            assertThat(ratios)
                    .hasToString("io program 1.000 erase 1.000 read 1.000 calls 1.000 sync 1.000 (worst dear 4.000)");
        }

        @Test
        void countOurSyncsPerMutationWhereThePeerNeverSyncs() {
            IoRatios ratios = new IoRatios();
            ratios.add("a", count(1, 30, 10), count(1, 0, 0));
            assertThat(ratios).asString().contains("sync 3.000/mutation");
        }

        @Test
        void sayNothingWhereThereIsNothing() {
            assertThat(new IoRatios()).hasToString("io program - erase - read - calls - sync - (worst - -)");
        }
    }
}
