package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.pwkvs.Pigweed;
import dev.morgana.pwkvs.PwKvs;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Replays one trace, operation by operation. */
final class PwKvsReplay {
    private final List<Fields> lines;
    private final String name;
    private final boolean exact;
    private final boolean faithful;
    private final JsonNode config;
    private final PwKvsDevice device;
    private PwKvs kvs;

    /** What a key may be bound to after what was acknowledged: empty stands for nothing. Only kept for defects of the peer. */
    private final Map<String, List<Optional<String>>> allowed = new HashMap<>();

    /** Keys whose only copy was damaged behind the store, and that were not written since. */
    private final Set<String> hit = new HashSet<>();

    /**
     * A replay. Traces of tier {@code exact} demand the same of our own ways as of Pigweed's, except where it goes wrong.
     *
     * @param faithful whether to do as Pigweed does even there
     */
    PwKvsReplay(GoldenCase golden, boolean faithful) throws StoreException {
        this.faithful = faithful;
        lines = golden.readTrace();
        name = golden.name();
        Fields head = lines.get(0);
        config = head.get("config");
        exact = head.text("tier").equals("exact");
        head.passOver("format", "made_by", "note");
        head.rejectUnread();
        device = PwKvsCases.device(config, new byte[0]);
        kvs = store(Options.none());
    }

    private PwKvs store(Options changed) throws StoreException {
        return Pigweed.over(device, changed.orElse(PwKvsCases.options(config)), exact && faithful);
    }

    Verdict run() throws StoreException {
        for (int number = 1; number < lines.size() - 1; number++) {
            Fields line = lines.get(number);
            try {
                step(line);
            } catch (AssertionError e) {
                throw new AssertionError(name + " line " + (number + 1) + ": " + e.getMessage(), e);
            }
            line.rejectUnread();
        }
        Fields end = lines.get(lines.size() - 1);
        IoCount ours = device.count();
        if (exact) {
            compareDevice(end, "final_image_sha256");
        } else {
            end.passOver("erase_counts", "final_image_sha256");
        }
        IoCount peer = io(end.object("io"));
        end.rejectUnread();
        return isExactWithoutFaults() ? Verdict.pass(ours, peer) : Verdict.pass();
    }

    /** Whether nothing in the trace went wrong. */
    private boolean isExactWithoutFaults() {
        return exact && !hasAny("fault|power_budget|flip|poke");
    }

    /** Whether our own ways must leave the same image: all but moving a sector from which nothing is to be reclaimed. */
    boolean mustPlaceAlike() {
        return isExactWithoutFaults() && !hasAny("partial_maintenance");
    }

    private boolean hasAny(String operations) {
        return lines.stream().anyMatch(line -> line.node().path("op").asText().matches(operations));
    }

    private static IoCount io(Fields io) {
        return new IoCount(
                io.get("reads").asLong(),
                io.get("read_bytes").asLong(),
                io.get("progs").asLong(),
                io.get("prog_bytes").asLong(),
                io.get("erases").asLong(),
                io.get("erase_bytes").asLong(),
                io.get("syncs").asLong(),
                0);
    }

    private void compareDevice(Fields line, String imageField) {
        IoCount ours = device.count();
        JsonNode recorded = line.get("erase_counts");
        List<Long> counts = new ArrayList<>();
        recorded.forEach(count -> counts.add(count.asLong()));
        PwKvsCalls.equal(
                "erase counts",
                counts,
                Arrays.stream(device.eraseCounts()).boxed().toList());
        IoCount peer = io(line.object("io"));
        PwKvsCalls.equal("programmed bytes", peer.progBytes(), ours.progBytes());
        PwKvsCalls.equal("erases", peer.erases(), ours.erases());
        PwKvsCalls.equal("image", line.text(imageField), GoldenCase.sha256(device.image()));
    }

    private void step(Fields line) throws StoreException {
        switch (line.text("op")) {
            case "open" -> open(line);
            case "new" -> kvs = store(Options.none());
            case "put" -> put(line);
            case "delete" -> delete(line);
            case "get" -> get(line);
            case "get_fixed" -> getFixed(line);
            case "value_size" -> valueSize(line);
            case "iterate" -> iterate(line);
            case "partial_maintenance" -> status(line, kvs::partialMaintenance);
            case "full_maintenance" -> status(line, kvs::fullMaintenance);
            case "heavy_maintenance" -> status(line, kvs::heavyMaintenance);
            case "stats" -> statistics(line);
            case "check_for_errors" -> checkForErrors(line);
            case "checkpoint" -> checkpoint(line);
            case "flip" -> flip(line);
            case "poke" ->
                device.poke(line.get("offset").asInt(), HexFormat.of().parseHex(line.text("hex")));
            case "fault" -> {
                line.passOver("kind", "after", "times", "status", "performed", "begin", "end");
                device.arm(line);
            }
            case "clear_faults" -> device.clearFaults();
            case "power_budget" -> budget(line);
            case "power_on" -> device.powerOn();
            default -> throw new AssertionError("unknown operation " + line.text("op"));
        }
    }

    /** Entries may lie elsewhere than the peer's once it went wrong; a flip then hits another key, of which it is the only copy. */
    private void flip(Fields line) {
        Set<String> before = exact ? Set.of() : readable();
        device.flip(line.get("offset").asInt(), number(line.get("xor")));
        if (!exact && config.get("redundancy").asInt() == 1) {
            before.removeAll(readable());
            PwKvsCalls.equal(line + " hits one key at most", true, before.size() <= 1);
            hit.addAll(before);
        }
    }

    private Set<String> readable() {
        Set<String> keys = new HashSet<>(allowed.keySet());
        keys.removeIf(key -> !PwKvsCalls.get(kvs, HexFormat.of().parseHex(key), Integer.MAX_VALUE, 0)
                .status()
                .equals("OK"));
        return keys;
    }

    private static int number(JsonNode node) {
        return node.isTextual() ? Integer.decode(node.asText()) : node.asInt();
    }

    private void budget(Fields line) {
        line.find("prog_bytes").ifPresent(n -> device.limitPrograms(n.asLong()));
        line.find("erases")
                .ifPresent(n -> device.limitErases(
                        n.asLong(), line.get("torn_erase_bytes").asInt()));
    }

    /** Compares the status of a call; an operation that met the loss of power has none to compare. */
    private String status(Fields line, PwKvsCalls.Call call) {
        device.takeMetPowerLoss();
        String found = PwKvsCalls.status(call);
        boolean lost = device.takeMetPowerLoss();
        String expected = line.text("status");
        if (exact) {
            PwKvsCalls.equal(line + " met power loss", expected.equals("POWER_LOST"), lost);
            if (!lost) {
                PwKvsCalls.equal(line + "", expected, found);
            }
        }
        return lost ? "POWER_LOST" : found;
    }

    private void open(Fields line) throws StoreException {
        kvs = store(line.find("options").map(PwKvsCases::options).orElse(Options.none()));
        String found = status(line, kvs::init);
        line.passOver("ready", "errorDetected", "size");
        if (exact && !found.equals("POWER_LOST")) {
            PwKvsCalls.equal("ready", line.get("ready").asBoolean(), kvs.isReady());
            PwKvsCalls.equal("errorDetected", line.get("errorDetected").asBoolean(), kvs.errorDetected());
            PwKvsCalls.equal("size", line.get("size").asInt(), kvs.statistics().size());
        }
    }

    private void put(Fields line) {
        byte[] key = PwKvsCalls.key(line);
        byte[] value = line.find("value_hex")
                .map(hex -> HexFormat.of().parseHex(hex.asText()))
                .orElseGet(() -> {
                    Fields random = line.object("value");
                    return PwKvsCalls.random(
                            random.get("seed").asLong(), random.get("len").asInt());
                });
        String found = status(line, () -> kvs.put(key, value));
        changed(key, Optional.of(GoldenCase.sha256(value)), found);
    }

    private void delete(Fields line) {
        byte[] key = PwKvsCalls.key(line);
        String found = status(line, () -> {
            if (!kvs.delete(key)) {
                throw notFound();
            }
        });
        changed(key, Optional.empty(), found.equals("NOT_FOUND") ? "OK" : found);
    }

    private static StoreException notFound() {
        return new dev.morgana.spi.error.InvalidRequestException("not found").withNativeCode("NOT_FOUND");
    }

    private void changed(byte[] key, Optional<String> digest, String status) {
        List<Optional<String>> states =
                allowed.computeIfAbsent(HexFormat.of().formatHex(key), k -> new ArrayList<>(List.of(Optional.empty())));
        if (status.equals("OK")) {
            states.clear();
            hit.remove(HexFormat.of().formatHex(key));
        }
        states.add(digest);
    }

    private void get(Fields line) {
        byte[] key = PwKvsCalls.key(line);
        int capacity = line.find("cap").map(JsonNode::asInt).orElse(Integer.MAX_VALUE);
        int offset = line.find("offset").map(JsonNode::asInt).orElse(0);
        PwKvsCalls.Answer found = PwKvsCalls.get(kvs, key, capacity, offset);
        Optional<JsonNode> better = line.find("better");
        line.passOver("status", "len", "sha256");
        if (exact) {
            PwKvsCalls.compareGet(line + "", line, found);
        } else if (better.isPresent()) {
            PwKvsCalls.compareGet(line + "", Fields.parse(name, better.get().toString()), found);
        } else if (found.status().equals("OK") && offset == 0) {
            Optional<String> digest = found.bytes().map(GoldenCase::sha256);
            List<Optional<String>> states = allowed.getOrDefault(HexFormat.of().formatHex(key), List.of());
            PwKvsCalls.equal(line + " is what was written", true, states.contains(digest));
        } else if (hit.contains(HexFormat.of().formatHex(key))) {
            PwKvsCalls.equal(line + " is damaged here", true, found.status().matches("DATA_LOSS|RESOURCE_EXHAUSTED"));
        } else if (!mayBeUnbound(key) && line.text("status").equals("OK")) {
            PwKvsCalls.equal(line + " is readable", "OK", found.status());
        }
    }

    private boolean mayBeUnbound(byte[] key) {
        return allowed.getOrDefault(HexFormat.of().formatHex(key), List.of(Optional.empty()))
                .contains(Optional.empty());
    }

    private void getFixed(Fields line) {
        byte[] key = PwKvsCalls.key(line);
        int size = line.get("size").asInt();
        byte[][] bytes = new byte[1][];
        status(line, () -> bytes[0] = kvs.getFixed(key, size).orElseThrow(PwKvsReplay::notFound));
        line.find("sha256")
                .ifPresent(digest -> PwKvsCalls.equal(line + "", digest.asText(), GoldenCase.sha256(bytes[0])));
    }

    private void valueSize(Fields line) {
        byte[] key = PwKvsCalls.key(line);
        int[] size = new int[1];
        status(line, () -> {
            OptionalInt found = kvs.valueSize(key);
            size[0] = found.orElseThrow(PwKvsReplay::notFound);
        });
        line.find("size").filter(n -> exact).ifPresent(n -> PwKvsCalls.equal(line + "", n.asInt(), size[0]));
    }

    private void iterate(Fields line) throws StoreException {
        List<PwKvs.Item> items = kvs.iterate();
        List<String> keys = new ArrayList<>();
        line.get("keys").forEach(key -> keys.add(hex(key)));
        List<Integer> sizes = new ArrayList<>();
        line.get("sizes").forEach(size -> sizes.add(size.asInt()));
        line.passOver("digest", "unreadable");
        if (exact) {
            PwKvsCalls.equal(
                    "keys",
                    keys,
                    items.stream()
                            .map(item -> HexFormat.of().formatHex(PwKvsCalls.shownKey(item)))
                            .toList());
            PwKvsCalls.equal(
                    "sizes",
                    sizes,
                    items.stream().map(item -> item.valueSize().orElse(0)).toList());
            PwKvsCalls.equal("digest", line.text("digest"), PwKvsCalls.digest(items));
            PwKvsCalls.equal(
                    "unreadable",
                    line.find("unreadable")
                            .map(n -> n.isInt() ? n.asInt() : n.size())
                            .orElse(0),
                    PwKvsCalls.unreadable(items).size());
        }
    }

    private static String hex(JsonNode key) {
        return key.isTextual()
                ? HexFormat.of().formatHex(key.asText().getBytes(StandardCharsets.ISO_8859_1))
                : key.get("hex").asText();
    }

    private void statistics(Fields line) {
        line.passOver("ready", "errorDetected", "redundancy", "maxSize", "maxKeyValueSizeBytes");
        if (exact) {
            PwKvsCalls.equal("ready", line.get("ready").asBoolean(), kvs.isReady());
            PwKvsCalls.equal("errorDetected", line.get("errorDetected").asBoolean(), kvs.errorDetected());
            PwKvsCalls.compareStatistics("stats", line, kvs.statistics());
        } else {
            line.passOver(PwKvsCalls.statistics(kvs.statistics()).keySet().toArray(String[]::new));
        }
    }

    private void checkForErrors(Fields line) {
        boolean found = kvs.checkForErrors();
        boolean expected = line.get("result").asBoolean();
        if (exact) {
            PwKvsCalls.equal("check_for_errors", expected, found);
        }
    }

    private void checkpoint(Fields line) {
        line.passOver("io", "erase_counts", "image_sha256");
        if (exact) {
            compareDevice(line, "image_sha256");
        }
    }
}
