package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.embedkv.EmbedKvOptions;
import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The golden images and traces of embedkv: see their README. */
final class EmbedkvCases implements FormatCases {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST_BLOCKS_LISTED = 48;

    private final EmbedKvProvider provider = new EmbedKvProvider();

    @Override
    public String format() {
        return "embedkv";
    }

    @Override
    public Verdict image(GoldenCase golden) {
        Fields manifest = golden.readManifest();
        List<RamDevice> devices = new ArrayList<>();
        for (Fields image : manifest.objects("images")) {
            int size = image.get("blockSize").asInt();
            Geometry geometry =
                    Geometry.ofBlocks(size, image.get("blockCount").asInt()).withErased(ErasedState.UNDEFINED);
            devices.add(RamDevice.of(geometry, golden.readImage(image.text("file"), image.text("sha256"))));
        }
        try {
            new ImageCase(golden, manifest, devices).check();
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
        manifest.passOver("format", "made_by", "note");
        manifest.rejectUnread();
        return Verdict.pass();
    }

    @Override
    public Verdict trace(GoldenCase golden) {
        EmbedkvTrace.replay(golden.readTrace(), EmbedkvTrace.Way.EXACT);
        List<Fields> lines = golden.readTrace();
        if (EmbedkvTrace.isDisturbed(lines)) {
            return Verdict.pass();
        }
        EmbedkvTrace.replay(lines, EmbedkvTrace.Way.PEERS);
        boolean quirk = lines.get(0).object("config").find("quirk").isPresent();
        if (quirk || EmbedkvTrace.losesPower(lines)) {
            return Verdict.pass();
        }
        if (EmbedkvReunion.isNeeded(lines)) {
            EmbedkvReunion.replay(golden.readTrace());
            return Verdict.pass();
        }
        IoCount ours = EmbedkvTrace.replay(golden.readTrace(), EmbedkvTrace.Way.OURS);
        JsonNode peer = lines.get(lines.size() - 1).get("io");
        return Verdict.pass(ours, EmbedkvBench.peer(peer, ours.mutations()));
    }

    /** One image, or one per replica. */
    private final class ImageCase {
        private final String name;
        private final Fields manifest;
        private final List<RamDevice> devices;
        private final List<Fields> entries;
        private final Options options;
        private final boolean lossy;

        ImageCase(GoldenCase golden, Fields manifest, List<RamDevice> devices) {
            this.name = golden.name();
            this.manifest = manifest;
            this.devices = devices;
            this.entries = manifest.objects("entries");
            // the geometry is that of each device; the others are for formatting, and here to be accepted
            this.options = Recipe.options(manifest.get("options"))
                    .only(List.of(EmbedKvOptions.FREE_PATTERN, EmbedKvOptions.REPLICA_ID, EmbedKvOptions.FORMAT_SEQ));
            String quirk = manifest.find("quirk").map(JsonNode::asText).orElse("");
            this.lossy = quirk.equals("lossy-keys");
            if (!quirk.isEmpty() && !lossy) {
                throw new AssertionError(name + ": unknown quirk " + quirk);
            }
        }

        void check() throws StoreException {
            compareBlocks();
            String expect = manifest.text("expect");
            if (expect.equals("corrupt")) {
                compareError();
                return;
            }
            boolean recoverable = expect.equals("recoverable");
            if (!recoverable && !expect.equals("ok")) {
                throw new AssertionError(name + ": unknown expectation " + expect);
            }
            compareFindings(recoverable);
            Fields recovered = manifest.object("after_recover");
            recovered.passOver("io"); // input and output is compared by the traces
            compareOurs(recovered);
            compareAsPeers(recovered);
        }

        private List<BlockDevice> copies() {
            return new ArrayList<>(devices.stream()
                    .map(device -> RamDevice.of(device.geometry(), device.image()))
                    .toList());
        }

        private EmbedkvCalls openAsPeers(List<BlockDevice> images, boolean asText) throws StoreException {
            return EmbedkvPeer.open(images, options, false, asText);
        }

        private void compareError() {
            manifest.passOver("entries");
            String found = "ok";
            try {
                openAsPeers(copies(), lossy).close();
            } catch (StoreException e) {
                found = e.nativeCode().orElse(e.toString());
            }
            if (!found.equals(manifest.text("open_error"))) {
                throw new AssertionError(name + ": opening answers " + found);
            }
        }

        /** The blocks that are in use are those that the dump shows; free ones may hold other bytes. */
        private void compareBlocks() throws StoreException {
            JsonNode listed = manifest.get("blocks");
            for (int i = 0; i < devices.size(); i++) {
                JsonNode rows = devices.size() == 1 ? listed : listed.get(i);
                Set<Long> expected = new TreeSet<>();
                rows.forEach(row -> {
                    if (row.size() == 2 && !row.get(1).asText().startsWith("free")) {
                        expected.add(row.get(0).asLong());
                    }
                });
                Set<Long> found = new TreeSet<>();
                dump(copies().get(i))
                        .forEach(structure -> found.add(structure.position().block()));
                boolean same = rows.size() < MOST_BLOCKS_LISTED ? found.equals(expected) : found.containsAll(expected);
                if (!same) {
                    throw new AssertionError(
                            name + ": blocks in use of device " + i + ": expected " + expected + ", found " + found);
                }
            }
        }

        private List<Dump.Structure> dump(BlockDevice device) throws StoreException {
            List<Dump.Structure> structures = new ArrayList<>();
            Options size = options.with(
                    EmbedKvOptions.BLOCK_SIZE, (long) device.geometry().blockSize());
            try (Inspection inspection = provider.inspect(List.of(device), size)) {
                inspection.facet(Dump.class).orElseThrow().dump(block -> true, structures::add);
            }
            return structures;
        }

        private void compareFindings(boolean recoverable) throws StoreException {
            List<Finding> findings = findings(copies());
            // without recovery being forced, the quirk is none: both keys are whole
            if (findings.isEmpty() == (recoverable && !lossy)) {
                throw new AssertionError(name + ": check finds " + findings);
            }
        }

        private List<Finding> findings(List<BlockDevice> images) throws StoreException {
            List<Finding> findings = new ArrayList<>();
            try (Inspection inspection = provider.inspect(images, options)) {
                inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            }
            return findings;
        }

        /** Opened as everybody does, it shows the same, and the replicas agree afterwards. */
        private void compareOurs(Fields recovered) throws StoreException {
            if (lossy) {
                return;
            }
            List<BlockDevice> images = copies();
            try (FlatStore store = provider.open(images, options)) {
                Map<String, String> found = new TreeMap<>();
                for (byte[] key : store.keys().toList()) {
                    found.put(Key.escape(key), GoldenCase.sha256(store.get(key).orElseThrow()));
                }
                Map<String, String> expected = new TreeMap<>();
                for (Fields entry : entries) {
                    expected.put(Key.escape(key(entry)), entry.text("sha256"));
                }
                if (!found.equals(expected)) {
                    throw new AssertionError(name + ": opened by us it holds " + found + ", expected " + expected);
                }
            }
            List<Finding> left = findings(again(images));
            if (!left.isEmpty()) {
                throw new AssertionError(name + ": after opening by us check finds " + left);
            }
            if (devices.size() == 1) {
                compareImages("opened by us", images, recovered);
            }
        }

        private static List<BlockDevice> again(List<BlockDevice> closed) {
            return new ArrayList<>(closed.stream()
                    .map(device -> RamDevice.of(device.geometry(), ((RamDevice) device).image()))
                    .toList());
        }

        private void compareImages(String when, List<BlockDevice> images, Fields recovered) {
            for (int i = 0; i < images.size(); i++) {
                String found = GoldenCase.sha256(((RamDevice) images.get(i)).image());
                if (!found.equals(recovered.get("image_sha256").get(i).asText())) {
                    throw new AssertionError(name + ": " + when + ": image of device " + i + " differs");
                }
            }
        }

        private void compareAsPeers(Fields recovered) throws StoreException {
            List<BlockDevice> images = copies();
            if (manifest.find("entries_without_recover").isPresent()) {
                EmbedkvCalls store = openAsPeers(copies(), false);
                store.buildIndex();
                compareEntries(store, manifest.objects("entries_without_recover"), false);
            }
            EmbedkvCalls store = openAsPeers(images, lossy);
            store.recover();
            compareImages("recovered", images, recovered);
            store.buildIndex();
            compareEntries(store, entries, lossy);
            if (!recovered.get("second_recover_changes_nothing").asBoolean()) {
                throw new AssertionError(name + ": a second recovery that changes something");
            }
            store.recover();
            compareImages("recovered twice", images, recovered);
            compareReplicas(again(images));
        }

        private void compareEntries(EmbedkvCalls store, List<Fields> listed, boolean asText) throws StoreException {
            Set<String> expected = new TreeSet<>();
            for (Fields entry : listed) {
                byte[] key = key(entry);
                expected.add(Key.escape(asText ? text(key) : key));
                byte[] value = store.get(key).orElseThrow(() -> new AssertionError(name + ": no " + entry));
                JsonNode attributes = entry.get("attrs");
                boolean same = entry.text("type").equals("value")
                        && value.length == entry.get("size").asLong()
                        && GoldenCase.sha256(value).equals(entry.text("sha256"))
                        && entry.find("value_hex")
                                .map(hex -> hex.asText().equals(HEX.formatHex(value)))
                                .orElse(true)
                        && store.generation(key).orElse(-1)
                                == attributes.get("generation").asLong()
                        && store.userFlags(key).orElse(-1)
                                == attributes.get("userFlags").asLong();
                if (!same) {
                    throw new AssertionError(name + ": " + entry + ", found " + value.length + " bytes, generation "
                            + store.generation(key));
                }
            }
            Set<String> found = new TreeSet<>();
            store.keys().forEach(key -> found.add(Key.escape(key)));
            if (!found.equals(expected)) {
                throw new AssertionError(name + ": keys " + found + ", expected " + expected);
            }
        }

        private static byte[] text(byte[] key) {
            return new String(key, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        }

        private static byte[] key(Fields entry) {
            return entry.find("key")
                    .map(text -> text.asText().getBytes(StandardCharsets.UTF_8))
                    .orElseGet(() -> HEX.parseHex(entry.text("key_hex")));
        }

        /** The blocks of each record, on each replica by itself. */
        private void compareReplicas(List<BlockDevice> images) throws StoreException {
            for (int i = 0; i < images.size(); i++) {
                List<Dump.Structure> structures = dump(again(images).get(i));
                for (Fields entry : entries) {
                    JsonNode attributes = entry.get("attrs");
                    JsonNode own = attributes.has("perReplica")
                            ? attributes.get("perReplica").get(i)
                            : attributes;
                    compareBlocks(structures, key(entry), own);
                    entry.passOver("type", "size", "sha256", "value_hex", "key", "key_hex");
                }
            }
        }

        private void compareBlocks(List<Dump.Structure> structures, byte[] key, JsonNode own) {
            List<Dump.Structure> descriptors = structures.stream()
                    .filter(structure ->
                            Key.escape(key).equals(structure.fields().get("key")))
                    .toList();
            if (own.isNull()) {
                if (!descriptors.isEmpty()) {
                    throw new AssertionError(name + ": " + Key.escape(key) + " is there: " + descriptors);
                }
                return;
            }
            long descriptor = descriptors.get(0).position().block();
            Map<Integer, Long> chunks = new TreeMap<>();
            for (Dump.Structure structure : structures) {
                if (Long.toString(descriptor).equals(structure.fields().get("owner"))) {
                    chunks.put(
                            Integer.valueOf(structure.fields().get("index")),
                            structure.position().block());
                }
            }
            List<Long> expected = new ArrayList<>();
            own.get("chunkBlocks").forEach(block -> expected.add(block.asLong()));
            boolean same = descriptors.size() == 1
                    && descriptor == own.get("descriptorBlock").asLong()
                    && descriptors
                            .get(0)
                            .fields()
                            .get("generation")
                            .equals(own.get("generation").asText())
                    && List.copyOf(chunks.values()).equals(expected);
            if (!same) {
                throw new AssertionError(
                        name + ": " + Key.escape(key) + ": expected " + own + ", found " + descriptors + chunks);
            }
        }
    }
}
