package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool facets, on images with known defects. */
class ToolsTest {
    private static final LittleFsProvider PROVIDER = new LittleFsProvider();

    private static List<Finding> check(TestImage image) throws Exception {
        return check(image, image.device(), Check.Depth.DEEP);
    }

    private static List<Finding> check(TestImage image, BlockDevice device, Check.Depth depth) throws Exception {
        List<Finding> findings = new ArrayList<>();
        Options options = image.options().with(LittleFsOptions.BLOCK_SIZE, (long) image.blockSize());
        try (Inspection inspection = PROVIDER.inspect(List.of(device), options)) {
            inspection.facet(Check.class).orElseThrow().check(depth, findings::add);
        }
        return findings;
    }

    @Nested
    class ACheckOfAHealthyImage {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "one-inline-attr",
                    "one-inline-attr-v20",
                    "attrs",
                    "wear-chain",
                    "split-thinned",
                    "name-order",
                    "fresh-b528-p48-v21",
                    "odd-unreadable",
                    "chamelon-w-basic"
                })
        void findsNothing(String name) throws Exception {
            assertThat(check(TestImage.load(name))).isEmpty();
        }
    }

    @Nested
    class ACheckAfterAPowerCut {
        @Test
        void findsAHalfDoneRename() throws Exception {
            assertThat(check(TestImage.load("cut-move-2")))
                    .extracting(Finding::rule, Finding::severity, Finding::repairable)
                    .containsExactly(tuple("pending-move", Severity.WARNING, true));
        }

        @Test
        void findsAnOrphan() throws Exception {
            assertThat(check(TestImage.load("cut-mkdir-split-2")))
                    .extracting(Finding::rule, Finding::severity, Finding::repairable)
                    .containsExactlyInAnyOrder(
                            tuple("orphaned-pair", Severity.WARNING, true),
                            tuple("pending-orphans", Severity.WARNING, true));
        }

        @Test
        void findsAHalfOrphan() throws Exception {
            List<Finding> findings = check(TestImage.load("cut-relocate-3"));

            assertThat(findings)
                    .extracting(Finding::rule, Finding::severity, Finding::repairable)
                    .containsExactlyInAnyOrder(
                            tuple("half-orphan", Severity.WARNING, true),
                            tuple("pending-orphans", Severity.WARNING, true));
            assertThat(findings.get(0).subject()).isEqualTo("/a/b/");
            assertThat(findings.get(0).found()).contains("{36, 61}").contains("{61, 60}");
        }
    }

    @Nested
    class ACheckOfTheNewestCommit {
        /** Its last commit is at 0x130 to 0x160 of block 1, and the image is 16 KiB of 512-byte blocks. */
        private final TestImage image = TestImage.load("odd-unreadable");

        private static final int COMMIT = 512 + 0x130;
        private static final int COMMIT_END = 512 + 0x160;

        @Test
        void saysTornIfItsEndIsErased() throws Exception {
            for (int cut = COMMIT + 4; cut < 512 + 0x14e; cut++) {
                List<Finding> findings = check(image.filled(cut, COMMIT_END, 0xff));
                assertThat(findings)
                        .as("cut at 0x%x", cut - 512)
                        .extracting(Finding::rule, Finding::severity)
                        .containsExactly(tuple("torn-commit", Severity.INFO));
            }
        }

        /** The content, the forward CRC and the CRC. */
        @Test
        void saysDamagedIfABitOfDataFlipped() throws Exception {
            for (int at = COMMIT; at < 512 + 0x156; at++) {
                int offset = at - 512;
                boolean ofTag =
                        offset < 0x134 || (offset >= 0x142 && offset < 0x146) || (offset >= 0x14e && offset < 0x152);
                List<Finding> findings = check(image.with(at, (byte) (image.bytes()[at] ^ 0x10)));
                assertThat(findings)
                        .as("flip at 0x%x", offset)
                        .extracting(Finding::rule)
                        .containsAnyOf("damaged-commit", ofTag ? "torn-commit" : "damaged-commit");
            }
        }

        @Test
        void saysDamagedIfIntactOnesFollow() throws Exception {
            assertThat(check(image.with(512 + 0x74, (byte) 'F')))
                    .extracting(Finding::rule)
                    .contains("damaged-commit");
        }

        @Test
        void noticesThatAProgramWasBegun() throws Exception {
            assertThat(check(image.with(COMMIT_END + 3, (byte) 0x7f)))
                    .extracting(Finding::rule, Finding::severity)
                    .containsExactly(tuple("begun-commit", Severity.INFO));
        }
    }

    @Nested
    class ACheckOfBlocks {
        private final TestImage image = TestImage.load("odd-unreadable");

        @Test
        void findsAPointerThatNamesNoBlock() throws Exception {
            List<Finding> findings = check(TestImage.load("bad-ctz-pointer"));

            assertThat(findings).extracting(Finding::rule).containsExactly("bad-block-pointer");
            assertThat(findings.get(0).subject()).isEqualTo("/big");
            assertThat(findings.get(0).position().block()).isEqualTo(27);
        }

        /** Pointer 1 of block 2 (device block 24) is only needed for skipping, so that only a deep check looks at it. */
        @Test
        void findsAWrongSkipIfDeep() throws Exception {
            TestImage damaged = image.with(24 * 512 + 4, (byte) 23);

            assertThat(check(damaged, damaged.device(), Check.Depth.DEEP))
                    .extracting(Finding::rule)
                    .contains("bad-block-pointer");
        }

        @Test
        void findsABlockThatIsUsedTwice() throws Exception {
            TestImage damaged = image.with(26 * 512, (byte) 23);

            assertThat(check(damaged)).extracting(Finding::rule).contains("block-used-twice");
        }

        @Test
        void findsUnreadableOnes() throws Exception {
            for (long block : new long[] {0, 21, 22, 24}) {
                ObservedDevice device = new ObservedDevice(
                                image.device().reshape(image.device().geometry().withUnits(1, 1, 512)))
                        .failingAt(block);
                assertThat(check(image, device, Check.Depth.DEEP))
                        .as("block %d", block)
                        .extracting(Finding::rule)
                        .contains("unreadable-block");
            }
        }
    }

    @Nested
    class ACheckOfAHopelessImage {
        @Test
        void explainsBothBlocks() throws Exception {
            TestImage image = TestImage.load("one-inline-attr").filled(0, 1024, 0);

            assertThat(check(image))
                    .extracting(Finding::rule)
                    .containsExactly("unusable-block", "unusable-block", "thread");
        }

        @Test
        void findsACircleOnce() throws Exception {
            assertThat(check(TestImage.load("bad-tail-loop")))
                    .extracting(Finding::rule, Finding::severity)
                    .containsExactly(tuple("thread", Severity.ERROR));
        }
    }

    @Nested
    class ACheckOfChamelonsImages {
        @Test
        void findsNamesLeftBehind() throws Exception {
            assertThat(check(TestImage.load("chamelon-stale-1")))
                    .filteredOn(finding -> finding.rule().equals("duplicate-name"))
                    .extracting(Finding::subject)
                    .contains("/k1", "/k4");
        }

        @Test
        void findsADamagedCopy() throws Exception {
            assertThat(check(TestImage.load("chamelon-bad-one-copy")))
                    .extracting(Finding::rule)
                    .containsExactlyInAnyOrder("damaged-copy", "standard-reads-differently");
        }

        @Test
        void saysWhyLittlefsMustNotWrite() throws Exception {
            assertThat(check(TestImage.load("chamelon-nested-big")))
                    .filteredOn(finding -> finding.severity() == Severity.INFO)
                    .extracting(Finding::rule)
                    .containsExactly("standard-unthreaded", "standard-three-block", "standard-unsorted");
            assertThat(check(TestImage.load("chamelon-stale-1")))
                    .filteredOn(finding -> finding.severity() == Severity.INFO)
                    .extracting(Finding::rule)
                    .containsExactly(
                            "chamelon-several-pairs", "standard-delete", "standard-unsorted", "standard-mount-fails");
        }
    }

    @Nested
    class ADump {
        private List<Dump.Structure> dump(TestImage image, LongPredicate blocks) throws Exception {
            List<Dump.Structure> structures = new ArrayList<>();
            try (Inspection inspection = PROVIDER.inspect(image.devices(), image.options())) {
                inspection.facet(Dump.class).orElseThrow().dump(blocks, structures::add);
            }
            return structures;
        }

        /** Littlefs page, section 14.2. */
        @Test
        void showsEachTagWithItsPlace() throws Exception {
            List<Dump.Structure> structures = dump(TestImage.load("one-inline-attr"), block -> block == 1);

            assertThat(structures.get(0).fields())
                    .containsEntry("revision", "1")
                    .containsEntry("commits", "4")
                    .containsEntry("role", "active block of {1, 0}");
            assertThat(structures)
                    .filteredOn(structure -> structure.depth() == 1)
                    .extracting(
                            structure -> structure.position().offset(),
                            structure -> structure.position().structure())
                    .contains(
                            tuple(0x40L, "create"),
                            tuple(0x44L, "file name"),
                            tuple(0x51L, "inline struct"),
                            tuple(0x55L, "forward CRC"),
                            tuple(0x61L, "CRC"),
                            tuple(0xa0L, "attribute 116"));
            assertThat(structures)
                    .filteredOn(structure -> structure.position().offset() == 0x44)
                    .extracting(structure -> structure.fields().get("name"))
                    .containsExactly("hello.txt");
            assertThat(structures).allMatch(Dump.Structure::valid);
        }

        @Test
        void isInOrderAndWithinTheBlocksAskedFor() throws Exception {
            List<Dump.Structure> structures = dump(TestImage.load("odd-unreadable"), block -> block >= 20);

            assertThat(structures)
                    .extracting(structure -> structure.position().block())
                    .isSorted()
                    .doesNotContain(0L, 1L);
            assertThat(structures)
                    .filteredOn(structure -> structure.position().structure().equals("file block"))
                    .extracting(
                            structure -> structure.position().block(),
                            structure -> structure.fields().get("pointers"))
                    .containsExactly(
                            tuple(22L, ""),
                            tuple(23L, "22"),
                            tuple(24L, "23 22"),
                            tuple(25L, "24"),
                            tuple(26L, "25 24 22"),
                            tuple(27L, "26"));
        }

        @Test
        void goesOnBehindDamage() throws Exception {
            TestImage damaged = TestImage.load("odd-unreadable").with(512 + 0x74, (byte) 'F');
            List<Dump.Structure> structures = dump(damaged, block -> block == 1);

            assertThat(structures)
                    .filteredOn(structure -> structure.position().offset() > 0x90)
                    .isNotEmpty()
                    .noneMatch(Dump.Structure::valid);
        }
    }

    @Nested
    class Figures {
        @Test
        void ofSpaceAreThoseOfThePeer() throws Exception {
            try (Inspection inspection =
                    PROVIDER.inspect(TestImage.load("odd-unreadable").devices(), Options.none())) {
                assertThat(inspection.facet(Usage.class).orElseThrow().usage())
                        .extracting(Usage.Share::kind, Usage.Share::blocks, Usage.Share::bytes, Usage.Share::items)
                        .containsExactly(
                                tuple("metadata pairs", 4L, 2048L, 2L),
                                tuple("file blocks", 6L, 3072L, 1L),
                                tuple("free", 22L, 11264L, 22L));
            }
        }

        @Test
        void ofSpaceNeedAWholeImage() throws Exception {
            for (String name : List.of("bad-ctz-pointer", "bad-tail-loop")) {
                try (Inspection inspection =
                        PROVIDER.inspect(TestImage.load(name).devices(), Options.none())) {
                    Usage usage = inspection.facet(Usage.class).orElseThrow();
                    assertThatThrownBy(usage::usage).isInstanceOf(CorruptStoreException.class);
                }
            }
        }

        @Test
        void ofWearAreRevisions() throws Exception {
            List<Wear.BlockWear> wear = new ArrayList<>();
            try (Inspection inspection =
                    PROVIDER.inspect(TestImage.load("one-inline-attr").devices(), Options.none())) {
                inspection.facet(Wear.class).orElseThrow().wear(wear::add);
            }
            assertThat(wear)
                    .containsExactly(new Wear.BlockWear(0, 0, "revision"), new Wear.BlockWear(1, 1, "revision"));
        }
    }

    @Nested
    class AProbe {
        private Identification probe(TestImage image) throws Exception {
            return PROVIDER.probe(image.devices()).orElseThrow();
        }

        @Test
        void tellsVersionAndGeometry() throws Exception {
            Identification found = probe(TestImage.load("one-inline-attr-v20"));

            assertThat(found.format()).isEqualTo("littlefs");
            assertThat(found.version()).isEqualTo("2.0");
            assertThat(found.geometry().blockSize()).isEqualTo(512);
            assertThat(found.geometry().blockCount()).isEqualTo(32);
            assertThat(found.options().get(LittleFsOptions.BLOCK_SIZE)).isEqualTo(512);
            assertThat(found.evidence()).isNotEmpty();
            assertThat(found.hints()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"chamelon-times", "chamelon-stale-1", "chamelon-nested-big"})
        void hintsAtChamelon(String name) throws Exception {
            assertThat(probe(TestImage.load(name)).hints())
                    .singleElement()
                    .asString()
                    .contains("dialect=chamelon");
        }

        @Test
        void hintsAtAShortDevice() throws Exception {
            assertThat(probe(TestImage.load("one-inline-attr").cutTo(20 * 512)).hints())
                    .singleElement()
                    .asString()
                    .contains("32")
                    .contains("20");
        }

        @Test
        void isUnsureOfAMagicWithoutACommit() throws Exception {
            TestImage image = TestImage.load("one-inline-attr");
            TestImage damaged = image.with(0x14, (byte) 9).with(512 + 0x14, (byte) 9);

            assertThat(probe(damaged).confidence()).isEqualTo(Confidence.POSSIBLE);
        }

        @Test
        void findsNothingOnAnErasedDevice() throws Exception {
            TestImage erased = TestImage.load("one-inline-attr").filled(0, 16384, 0xff);
            assertThat(PROVIDER.probe(erased.devices())).isEmpty();
            assertThat(PROVIDER.probe(erased.cutTo(0).devices())).isEmpty();
            assertThat(PROVIDER.probe(erased.cutTo(100).devices())).isEmpty();
        }
    }
}
