package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.Tear;
import dev.morgana.embedkv.EmbedKv;
import dev.morgana.embedkv.EmbedKvHeader;
import dev.morgana.embedkv.EmbedKvOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Replays one embedkv trace in one of the ways of opening, and compares every outcome and every image. */
final class EmbedkvTrace {
    /** How the store is opened. */
    enum Way {
        /** The peers' steps and reads. */
        EXACT,
        /** The peers' steps, without reads for what follows from memory. */
        PEERS,
        /** As everybody opens it: recovered, indexed, writing to all replicas before anything is freed. */
        OURS
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_BYTES = 24;
    private static final Set<String> MUTATIONS = Set.of("put", "delete");

    /** What changes or fails under an open store. */
    private static final Set<String> DISTURBANCES = Set.of("fault", "flip", "poke", "fill", "snapshot", "restore");

    private final Way way;
    private final PowerSwitch power = new PowerSwitch();
    private final List<EmbedkvBench> benches;
    private final Options options;

    /** Whether the trace is of the Rust implementation and shows that it compares keys as text. */
    private final boolean lossy;

    private boolean burns;
    private EmbedkvCalls store;
    private long mutations;

    private EmbedkvTrace(Fields config, Way way) {
        this.way = way;
        this.options = Recipe.options(config.get("options"));
        this.lossy = config.find("quirk")
                .map(JsonNode::asText)
                .filter("lossy-keys"::equals)
                .isPresent();
        this.benches = benches(config, power, () -> burns);
    }

    /** The devices that a trace begins with. */
    static List<EmbedkvBench> benches(Fields config, PowerSwitch power, BooleanSupplier burns) {
        List<EmbedkvBench> benches = new ArrayList<>();
        for (Fields device : config.objects("devices")) {
            int blockSize = device.get("blockSize").asInt();
            byte[] image = new byte[blockSize * device.get("blockCount").asInt()];
            Arrays.fill(image, (byte) device.get("fill").asInt());
            benches.add(new EmbedkvBench(blockSize, image, power, burns));
        }
        return benches;
    }

    /** Tells whether blocks change or fail under an open store. */
    static boolean isDisturbed(List<Fields> lines) {
        return has(lines, DISTURBANCES);
    }

    /** Tells whether the power is lost. */
    static boolean losesPower(List<Fields> lines) {
        return has(lines, Set.of("arm_power_cut"));
    }

    private static boolean has(List<Fields> lines, Set<String> operations) {
        return lines.stream()
                .anyMatch(line -> line.find("op")
                        .map(JsonNode::asText)
                        .filter(operations::contains)
                        .isPresent());
    }

    /** Replays; answers what it cost. */
    static IoCount replay(List<Fields> lines, Way way) {
        Fields config = lines.get(0).object("config");
        config.passOver("format", "name", "about", "made_by");
        EmbedkvTrace trace = new EmbedkvTrace(config, way);
        for (Fields line : lines.subList(1, lines.size() - 1)) {
            trace.run(line);
        }
        Fields last = lines.get(lines.size() - 1);
        JsonNode images = last.get("final_images_sha256");
        trace.compareImages(last, images);
        if (!last.get("final_image_sha256").equals(images.get(0))) {
            throw new AssertionError(last + ": two digests of one image");
        }
        last.passOver("io");
        lines.forEach(Fields::rejectUnread);
        return trace.cost();
    }

    private void compareImages(Fields line, JsonNode expected) {
        for (int i = 0; i < benches.size(); i++) {
            String found = GoldenCase.sha256(benches.get(i).image());
            if (!found.equals(expected.get(i).asText())) {
                throw new AssertionError(way + ": " + line + ": image of device " + i + " differs");
            }
        }
        if (expected.size() != benches.size()) {
            throw new AssertionError(line + ": digests for other devices");
        }
    }

    private IoCount cost() {
        IoCount sum = new IoCount(0, 0, 0, 0, 0, 0, 0, mutations);
        for (EmbedkvBench bench : benches) {
            Statistics counts = bench.counts();
            sum = new IoCount(
                    sum.reads() + counts.reads().calls(),
                    sum.readBytes() + counts.reads().bytes(),
                    sum.progs() + counts.programs().calls(),
                    sum.progBytes() + counts.programs().bytes(),
                    sum.erases() + counts.erases().calls(),
                    sum.eraseBytes() + counts.erases().bytes(),
                    sum.syncs() + counts.syncs().calls(),
                    mutations);
        }
        return sum;
    }

    private void run(Fields line) {
        String operation = line.text("op");
        mutations += MUTATIONS.contains(operation) ? 1 : 0;
        switch (operation) {
            case "note" -> line.passOver("text");
            case "checkpoint" -> {
                line.passOver("io");
                compareImages(line, line.get("image_sha256"));
            }
            case "poke", "flip", "fill" -> change(operation, line);
            case "snapshot" -> bench(line).snapshot(line.text("name"));
            case "restore" -> bench(line).restore(line.text("name"));
            case "fault" -> bench(line).fault(line);
            case "arm_power_cut" -> arm(line);
            case "power_on" -> {
                power.restore();
                store = null;
            }
            default -> compare(line, outcome(operation, line));
        }
    }

    private EmbedkvBench bench(Fields line) {
        return benches.get(line.get("device").asInt());
    }

    private void arm(Fields line) {
        String tear = line.text("tear");
        burns = tear.equals("ones");
        Tear torn = switch (tear) {
            case "none", "ones" -> (length, unit) -> new Tear.Span(0, 0);
            case "head" -> (length, unit) -> new Tear.Span(0, length / 2);
            case "tail" -> (length, unit) -> new Tear.Span(length / 2, length);
            case "first4" -> (length, unit) -> new Tear.Span(0, 4);
            default -> throw new AssertionError(line + ": unknown tear");
        };
        power.cutAfter(line.get("after_writes").asLong(), torn);
    }

    private void change(String operation, Fields line) {
        EmbedkvBench bench = bench(line);
        int size = bench.blockSize();
        switch (operation) {
            case "poke" -> {
                byte[] data = HEX.parseHex(line.text("data_hex"));
                int at = line.get("block").asInt() * size + line.get("offset").asInt();
                bench.change(image -> System.arraycopy(data, 0, image, at, data.length));
            }
            case "flip" -> {
                int at = line.get("block").asInt() * size + line.get("offset").asInt();
                int xor = line.get("xor").asInt();
                bench.change(image -> image[at] ^= (byte) xor);
            }
            default -> {
                int first = line.get("first").asInt();
                int end = first + line.get("count").asInt();
                byte value = (byte) line.get("byte").asInt();
                bench.change(image -> Arrays.fill(image, first * size, end * size, value));
            }
        }
    }

    private void compare(Fields line, ObjectNode outcome) {
        List<String> names = new ArrayList<>();
        outcome.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode expected = line.find(name).orElse(null);
            // long values are hashed, short lists of keys are spelt out; what the line has is compared
            boolean optional = Set.of("sha256", "value_hex", "keys_hex").contains(name);
            if (expected == null ? !optional : !expected.equals(outcome.get(name))) {
                throw new AssertionError(way + ": " + line + ", found " + outcome);
            }
        }
    }

    private ObjectNode outcome(String operation, Fields line) {
        ObjectNode outcome = JSON.objectNode();
        try {
            perform(operation, line, outcome);
            return outcome.put("ok", true);
        } catch (StoreException e) {
            return JSON.objectNode()
                    .put("error", e.nativeCode().orElseThrow(() -> new AssertionError(line + ": no native code", e)));
        }
    }

    private void perform(String operation, Fields line, ObjectNode outcome) throws StoreException {
        switch (operation) {
            case "format" -> format(devices(line));
            case "open" -> {
                List<BlockDevice> devices = devices(line);
                store = null;
                store = open(devices);
            }
            case "close" -> {
                store.close();
                store = null;
            }
            case "recover" -> store.recover();
            case "build_index" -> store.buildIndex();
            case "put" -> {
                byte[] key = key(line);
                byte[] value = value(line);
                long flags = line.find("userFlags").map(JsonNode::asLong).orElse(0L);
                store.put(key, value, flags);
                if (store.userFlags(key).orElse(-1) != flags) {
                    throw new AssertionError(line + ": other user flags");
                }
            }
            case "get" -> describe(line, found(line, store.get(key(line))), outcome);
            case "delete" -> found(line, store.delete(key(line)) ? Optional.of(true) : Optional.empty());
            case "keys" -> describe(store.keys(), outcome);
            case "header" -> describe(store.header(), store.replicas(), outcome);
            default -> throw new AssertionError(line + ": unknown operation " + operation);
        }
    }

    private void format(List<BlockDevice> devices) throws StoreException {
        if (way == Way.OURS) {
            EmbedKv.format(devices, options);
        } else {
            EmbedkvPeer.format(devices, options);
        }
    }

    private EmbedkvCalls open(List<BlockDevice> devices) throws StoreException {
        return way == Way.OURS
                ? new EmbedkvProduct(EmbedKv.open(devices, options.only(EmbedKvOptions.all())))
                : EmbedkvPeer.open(devices, options, way == Way.EXACT, lossy);
    }

    /** What a key has, or the peers' error that there is no such key. */
    private static <T> T found(Fields line, Optional<T> found) throws StoreException {
        return found.orElseThrow(() ->
                (NoSuchKeyException) new NoSuchKeyException(Key.ofBytes(key(line))).withNativeCode("KeyNotFound"));
    }

    private List<BlockDevice> devices(Fields line) {
        List<BlockDevice> devices = new ArrayList<>();
        line.get("devices")
                .forEach(number -> devices.add(benches.get(number.asInt()).open()));
        return devices;
    }

    static byte[] key(Fields line) {
        return line.find("key")
                .map(text -> text.asText().getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> HEX.parseHex(line.text("key_hex")));
    }

    static byte[] value(Fields line) {
        if (line.find("value_hex").isPresent()) {
            return HEX.parseHex(line.text("value_hex"));
        }
        Fields value = line.object("value");
        return stream(value.get("seed").asLong(), value.get("len").asInt());
    }

    /** The first bytes of the README's stream. */
    static byte[] stream(long seed, int length) {
        ByteBuffer bytes = ByteBuffer.allocate((length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        long state = seed;
        while (bytes.hasRemaining()) {
            state += 0x9E3779B97F4A7C15L;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            bytes.putLong(z ^ (z >>> 31));
        }
        return Arrays.copyOf(bytes.array(), length);
    }

    private static void describe(Fields line, byte[] value, ObjectNode outcome) {
        outcome.put("len", value.length).put("sha256", GoldenCase.sha256(value));
        if (value.length <= HEX_BYTES) {
            outcome.put("value_hex", HEX.formatHex(value));
        }
        if (line.find("value_hex").isEmpty() && line.find("sha256").isEmpty()) {
            throw new AssertionError(line + ": no value, found " + outcome);
        }
    }

    private static void describe(List<byte[]> keys, ObjectNode outcome) {
        outcome.put("count", keys.size());
        int length = keys.stream().mapToInt(key -> Integer.BYTES + key.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        var hex = JSON.arrayNode();
        for (byte[] key : keys) {
            all.putInt(key.length).put(key);
            hex.add(HEX.formatHex(key));
        }
        outcome.put("keys_sha256", GoldenCase.sha256(all.array()));
        outcome.set("keys_hex", hex);
    }

    private static void describe(EmbedKvHeader header, int replicas, ObjectNode outcome) {
        outcome.put("versionMajor", header.versionMajor())
                .put("versionMinor", header.versionMinor())
                .put("blockSize", (int) header.blockSize())
                .put("blockCount", (int) header.blockCount())
                .put("replicaId", (int) header.replicaId())
                .put("formatSeq", (int) header.formatSeq())
                .put("flags", (int) header.flags())
                .put("replicas", replicas);
    }
}
