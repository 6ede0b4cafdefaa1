package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.tck.device.RamDevice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The golden images and traces of the chamelon dialect: see their README. */
final class ChamelonCases implements FormatCases {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long PICOSECONDS_PER_NANOSECOND = 1_000;
    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000;

    private final StoreProvider provider = new LittleFsProvider();

    @Override
    public String format() {
        return "chamelon";
    }

    @Override
    public Verdict image(GoldenCase golden) {
        Fields manifest = golden.readManifest();
        byte[] image = golden.readImage(golden.name() + ".img", manifest.text("image_sha256"));
        Options options = Recipe.options(manifest.get("options")).with(CommonOptions.READ_ONLY, true);
        String expect = manifest.text("expect");
        try {
            if (expect.equals("corrupt")) {
                assertDamageIsTold(golden, image, options);
            } else {
                try (ReadableStore store = open(image, options)) {
                    Tree.assertEqual(golden.name(), Tree.expected(manifest), Tree.of(store));
                    compareTimes(golden, manifest, store);
                }
                List<Finding> findings = findings(image, options);
                compareFindings(golden, manifest, expect, findings);
                compareMountability(golden, manifest, image, options, findings);
            }
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
        // how it was made, and what other programs do with it
        manifest.passOver(
                "format",
                "made_by",
                "note",
                "chamelon",
                "c_littlefs",
                "damaged",
                "structure",
                "standard_mountable",
                "standard_reasons",
                "duplicates");
        manifest.rejectUnread();
        return Verdict.pass();
    }

    private static RamDevice device(byte[] image) {
        return RamDevice.of(Geometry.ofBlocks(1, image.length).withErased(ErasedState.UNDEFINED), image);
    }

    private ReadableStore open(byte[] image, Options options) throws StoreException {
        return (ReadableStore) provider.open(List.of(device(image)), options);
    }

    private List<Finding> findings(byte[] image, Options options) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = provider.inspect(List.of(device(image)), options)) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        return findings;
    }

    /**
     * What has chamelon's marks is not changed by the rules of littlefs unless the user insists on them, and check tells whether
     * that would be safe; without the marks it is littlefs.
     */
    private void compareMountability(
            GoldenCase golden, Fields manifest, byte[] image, Options options, List<Finding> findings)
            throws StoreException {
        boolean marked = provider.probe(List.of(device(image))).orElseThrow().hints().stream()
                .anyMatch(hint -> hint.contains("chamelon"));
        Options standard = Options.none().plus("blockSize", options.asText().get("blockSize"));
        boolean refused;
        try {
            provider.open(List.of(device(image)), standard).close();
            refused = false;
        } catch (UnsupportedFormatException e) {
            refused = true;
        } catch (CorruptStoreException e) {
            return; // littlefs cannot even read it
        }
        if (marked != refused) {
            throw new AssertionError(golden.name() + ": opening for writing was " + (refused ? "refused" : "allowed"));
        }
        provider.open(List.of(device(image)), standard.plus("dialect", "littlefs"))
                .close();
        boolean safe = findings.stream()
                .noneMatch(finding ->
                        finding.severity() == Severity.ERROR || finding.rule().startsWith("standard-"));
        if (marked && safe != manifest.get("standard_mountable").asBoolean()) {
            throw new AssertionError(golden.name() + ": check calls writing by littlefs's rules "
                    + (safe ? "safe" : "unsafe") + ": " + findings);
        }
    }

    private static void compareTimes(GoldenCase golden, Fields manifest, ReadableStore store) throws StoreException {
        for (Fields entry : manifest.objects("entries")) {
            Optional<JsonNode> modified = entry.find("modified");
            if (modified.isPresent()) {
                Key key = Tree.key(entry);
                Instant expected = instant(modified.get());
                Optional<Instant> found = store.lastModified(key);
                if (!found.equals(Optional.of(expected))) {
                    throw new AssertionError(
                            golden.name() + ": time of " + key + ": expected " + expected + ", found " + found);
                }
            }
            entry.passOver("type", "size", "sha256", "value_hex", "attrs", "path", "path_hex", "chamelon_modified");
        }
    }

    private static Instant instant(JsonNode modified) {
        long nanoseconds = modified.get("picoseconds").asLong() / PICOSECONDS_PER_NANOSECOND;
        return Instant.ofEpochSecond(
                modified.get("days").asLong() * SECONDS_PER_DAY + nanoseconds / NANOSECONDS_PER_SECOND,
                nanoseconds % NANOSECONDS_PER_SECOND);
    }

    private static void compareFindings(GoldenCase golden, Fields manifest, String expect, List<Finding> findings) {
        boolean damaged = expect.equals("recoverable");
        if (damaged && findings.stream().allMatch(finding -> finding.severity() == Severity.INFO)) {
            throw new AssertionError(golden.name() + ": check finds nothing wrong with a damaged image");
        }
        if (manifest.find("duplicates").isPresent()
                && findings.stream().noneMatch(finding -> finding.rule().equals("duplicate-name"))) {
            throw new AssertionError(golden.name() + ": check does not report the duplicate names: " + findings);
        }
    }

    private void assertDamageIsTold(GoldenCase golden, byte[] image, Options options) {
        try {
            open(image, options).close();
        } catch (StoreException e) {
            return;
        }
        try {
            if (findings(image, options).stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
                throw new AssertionError(golden.name() + ": neither opening nor check tells of the damage");
            }
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": opens, but cannot be checked: " + e, e);
        }
    }

    @Override
    public Verdict trace(GoldenCase golden) {
        ChamelonTrace.replay(golden, false);
        if (ChamelonTrace.isClean(golden) && ChamelonTrace.replay(golden, true) == 0) {
            throw new AssertionError(golden.name() + ": no image was compared");
        }
        return Verdict.pass();
    }
}
