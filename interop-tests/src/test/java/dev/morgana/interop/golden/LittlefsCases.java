package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.littlefs.LittleFs;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.tck.device.RamDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The golden data of littlefs: see its README. */
final class LittlefsCases implements FormatCases {
    private final StoreProvider provider = new LittleFsProvider();

    @Override
    public String format() {
        return "littlefs";
    }

    @Override
    public Verdict image(GoldenCase golden) {
        Fields manifest = golden.readManifest();
        byte[] image = golden.readImage(golden.name() + ".img", manifest.text("image_sha256"));
        Options options = Recipe.options(manifest.get("options"));
        int erased = manifest.find("device").isPresent()
                ? manifest.object("device").get("erased").asInt()
                : 0xff;
        try {
            String expect = manifest.text("expect");
            if (!expect.equals("corrupt")) {
                compareEntries(golden, manifest, image, options, erased);
                compareFindings(golden, manifest, findings(image, options, erased));
            } else {
                assertDamageIsTold(golden, manifest, image, options, erased);
            }
            new LittlefsScript(LittlefsBench.of(image, options, erased), options, false, Map.of())
                    .run(manifest.objects("checks"));
            beyondPeer(golden, manifest, LittlefsBench.of(image, options, erased), options);
            mountWith(golden, manifest, image, options, erased);
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
        // how it was made, and what the peer shows instead
        manifest.passOver(
                "format",
                "made_by",
                "note",
                "peer_note",
                "written_with",
                "superblock_expanded",
                "cut",
                "state",
                "torn_commit");
        manifest.rejectUnread();
        return Verdict.pass();
    }

    private static RamDevice device(byte[] image, Options options, int erased) {
        int blockSize = Integer.parseInt(options.asText().get("blockSize"));
        ErasedState state = switch (erased) {
            case 0xff -> ErasedState.ONES;
            case 0 -> ErasedState.ZEROS;
            default -> ErasedState.UNDEFINED;
        };
        Geometry geometry = new Geometry(1, 1, blockSize, image.length / blockSize, state);
        return RamDevice.of(geometry, image);
    }

    private ReadableStore open(RamDevice device, Options options) throws StoreException {
        return (ReadableStore) provider.open(List.of(device), options.with(CommonOptions.READ_ONLY, true));
    }

    private void compareEntries(GoldenCase golden, Fields manifest, byte[] image, Options options, int erased)
            throws StoreException {
        try (ReadableStore store = open(device(image, options, erased), options)) {
            Tree.assertEqual(golden.name(), Tree.expected(manifest), Tree.of(store));
        }
        // a person who knows nothing of the geometry sees the same
        RamDevice unknown = RamDevice.of(Geometry.ofBlocks(1, image.length), image);
        try (ReadableStore store = open(unknown, Options.none().plus("nameMax", "1022"))) {
            Tree.assertEqual(golden.name() + " without options", Tree.expected(manifest), Tree.of(store));
        }
    }

    private List<Finding> findings(byte[] image, Options options, int erased) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = provider.inspect(
                List.of(device(image, options, erased)), options.with(CommonOptions.READ_ONLY, true))) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        return findings;
    }

    /** Half-done operations are told as such, and a healthy image has no error. */
    private static void compareFindings(GoldenCase golden, Fields manifest, List<Finding> findings) {
        List<String> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR && !finding.repairable())
                .map(Finding::toString)
                .toList();
        boolean odd = golden.name().startsWith("odd-");
        if (!odd && !errors.isEmpty()) {
            throw new AssertionError(golden.name() + ": check reports " + errors);
        }
        boolean move = manifest.find("gstate")
                .filter(state -> !state.get("move").isNull())
                .isPresent();
        compareRule(golden, findings, "pending-move", move ? 1 : 0);
        compareRule(golden, findings, "half-orphan", count(manifest, "half_orphans"));
        compareRule(golden, findings, "orphaned-pair", count(manifest, "orphans"));
        manifest.passOver("pairs_on_thread");
    }

    private static int count(Fields manifest, String field) {
        return manifest.find(field).map(JsonNode::asInt).orElse(0);
    }

    private static void compareRule(GoldenCase golden, List<Finding> findings, String rule, int expected) {
        long found =
                findings.stream().filter(finding -> finding.rule().equals(rule)).count();
        if (found != expected) {
            throw new AssertionError(golden.name() + ": check reports " + found + " of " + rule + ", expected "
                    + expected + ": " + findings);
        }
    }

    private void assertDamageIsTold(GoldenCase golden, Fields manifest, byte[] image, Options options, int erased) {
        manifest.passOver("gstate", "entries");
        try {
            if (findings(image, options, erased).stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
                throw new AssertionError(golden.name() + ": check finds nothing wrong with a damaged image");
            }
        } catch (StoreException e) {
            if (e.nativeCode().isEmpty()) {
                throw new AssertionError(golden.name() + ": no native code in " + e, e);
            }
        }
    }

    private void mountWith(GoldenCase golden, Fields manifest, byte[] image, Options options, int erased) {
        for (Fields variant : manifest.objects("mount_with")) {
            Options changed = Recipe.options(variant.get("options")).orElse(options);
            String found;
            try {
                open(device(image, options, erased), changed).close();
                found = "ok";
            } catch (StoreException e) {
                found = e.nativeCode().orElse(e.toString());
            }
            if (!found.equals(variant.text("r"))) {
                throw new AssertionError(golden.name() + ": mount with " + variant.node() + " answers " + found);
            }
        }
    }

    /** Operations that the peer gets wrong. */
    private static void beyondPeer(GoldenCase golden, Fields manifest, LittlefsBench bench, Options options)
            throws StoreException {
        if (manifest.find("beyond_peer").isEmpty()) {
            return;
        }
        Fields beyond = manifest.object("beyond_peer");
        beyond.passOver("peer");
        try (LittleFs files = LittleFs.mount(bench.device(), options)) {
            new LittlefsScript(bench, options, files)
                    .runExpecting(beyond.objects("ops"), beyond.get("expected_result"));
            if (!LittlefsAnswers.tree(files).equals(beyond.get("expected_tree"))) {
                throw new AssertionError(golden.name() + ": the tree is " + LittlefsAnswers.tree(files));
            }
        }
        try (LittleFs files = LittleFs.mount(bench.device(), options)) {
            if (!LittlefsAnswers.tree(files).equals(beyond.get("expected_tree"))) {
                throw new AssertionError(
                        golden.name() + ": after mounting again the tree is " + LittlefsAnswers.tree(files));
            }
        }
    }

    @Override
    public Verdict trace(GoldenCase golden) {
        List<Fields> lines = golden.readTrace();
        Fields config = lines.get(0).object("config");
        Fields last = lines.get(lines.size() - 1);
        List<Fields> operations = lines.subList(1, lines.size() - 1);
        Options options = Recipe.options(config.get("options"));
        boolean spaceSensitive = config.get("space_sensitive").asBoolean();
        boolean quirks = config.find("quirks").isPresent();
        Fields device = config.object("device");
        LittlefsBench bench = LittlefsBench.blank(
                options, blocks(options, operations), device.get("erased").asInt());
        device.get("bad")
                .properties()
                .forEach(bad ->
                        bench.mark(Long.parseLong(bad.getKey()), bad.getValue().asText()));
        LittlefsScript script = new LittlefsScript(
                bench, options, spaceSensitive, quirks ? LittlefsQuirks.answers(operations) : Map.of());
        script.run(operations);
        config.passOver("format", "peer", "name", "note", "needs", "unchecked");
        last.passOver("final_image_sha256");
        IoCount peer = LittlefsBench.recorded(last.get("io"));
        lines.forEach(Fields::rejectUnread);
        boolean faulty = has(operations, Set.of("cut", "bad", "power"))
                || !device.get("bad").isEmpty();
        return spaceSensitive || quirks || faulty
                ? Verdict.pass()
                : Verdict.pass(bench.counts(script.mutations()), peer);
    }

    /** As many as the device ever gets. */
    private static long blocks(Options options, List<Fields> operations) {
        long blocks = Long.parseLong(options.asText().get("blockCount"));
        for (Fields operation : operations) {
            if (operation.text("op").equals("resize_device")) {
                blocks = Math.max(blocks, operation.get("blockCount").asLong());
            }
        }
        return blocks;
    }

    private static boolean has(List<Fields> operations, Set<String> names) {
        return operations.stream().anyMatch(operation -> names.contains(operation.text("op")));
    }
}
