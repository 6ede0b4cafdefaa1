package dev.morgana.interop.golden;

import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.embedkv.EmbedKv;
import dev.morgana.embedkv.EmbedKvOptions;
import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Replays a trace in which replicas are away while the others are changed, opened as everybody opens it. The peers let each
 * replica keep what it has missed; ours make them agree when they meet again, so that answers and images are others from then
 * on. What must hold is told by a model of each replica: opening gives every key a value that one of them was acknowledged to
 * hold, and the one that they agree on where they do; from there every call does what it says; and afterwards they agree.
 */
final class EmbedkvReunion {
    private final List<EmbedkvBench> benches;
    private final Options options;

    /** What each replica holds. */
    private final List<Map<String, byte[]>> held = new ArrayList<>();

    private List<Integer> present = List.of();
    private @Nullable EmbedKv store;
    private Map<String, byte[]> content = Map.of();
    private int disagreements;

    private EmbedkvReunion(Fields config) {
        this.benches = EmbedkvTrace.benches(config, new PowerSwitch(), () -> false);
        this.options = Recipe.options(config.get("options"));
        benches.forEach(bench -> held.add(new TreeMap<>()));
    }

    /** Whether a store is opened on fewer replicas than it was formatted on. */
    static boolean isNeeded(List<Fields> lines) {
        int formatted = 0;
        for (Fields line : lines) {
            String operation = line.find("op").map(node -> node.asText()).orElse("");
            int devices = line.find("devices").map(node -> node.size()).orElse(0);
            if (operation.equals("format")) {
                formatted = devices;
            } else if (operation.equals("open") && devices < formatted) {
                return true;
            }
        }
        return false;
    }

    /** Replays. */
    static void replay(List<Fields> lines) {
        EmbedkvReunion reunion = new EmbedkvReunion(lines.get(0).object("config"));
        for (Fields line : lines.subList(1, lines.size() - 1)) {
            try {
                reunion.run(line);
            } catch (StoreException e) {
                throw new AssertionError(line + ": " + e, e);
            }
        }
        if (reunion.disagreements == 0) {
            throw new AssertionError("replicas were away, and never missed anything");
        }
    }

    private void run(Fields line) throws StoreException {
        switch (line.text("op")) {
            case "format" -> EmbedKv.format(devices(numbers(line)), options);
            case "open" -> open(line);
            case "close" -> close(line);
            case "put" -> {
                byte[] value = EmbedkvTrace.value(line);
                opened().put(EmbedkvTrace.key(line), value, 0);
                content.put(name(line), value);
            }
            case "get" -> get(line);
            case "delete" -> delete(line);
            case "keys" -> {
                Set<String> found = new TreeSet<>();
                opened().keys().forEach(key -> found.add(Key.escape(key)));
                expect(line, content.keySet(), found);
            }
            case "build_index", "recover", "checkpoint" -> {} // opening has done it; the images are ours
            default -> throw new AssertionError(line + ": cannot be judged while replicas are away");
        }
    }

    private static String name(Fields line) {
        return Key.escape(EmbedkvTrace.key(line));
    }

    private EmbedKv opened() {
        if (store == null) {
            throw new AssertionError("the trace uses a store that is not open");
        }
        return store;
    }

    private static List<Integer> numbers(Fields line) {
        List<Integer> numbers = new ArrayList<>();
        line.get("devices").forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private List<BlockDevice> devices(List<Integer> numbers) {
        return new ArrayList<>(
                numbers.stream().map(number -> benches.get(number).open()).toList());
    }

    private void open(Fields line) throws StoreException {
        present = numbers(line);
        store = EmbedKv.open(devices(present), options.only(EmbedKvOptions.all()));
        content = read(store);
        Set<String> keys = new TreeSet<>(content.keySet());
        present.forEach(number -> keys.addAll(held.get(number).keySet()));
        for (String key : keys) {
            List<byte[]> known = new ArrayList<>();
            present.forEach(number -> known.add(held.get(number).get(key)));
            if (known.stream().noneMatch(value -> Arrays.equals(value, content.get(key)))) {
                throw new AssertionError(line + ": " + key + " is what no replica was given");
            }
            if (known.stream().anyMatch(value -> !Arrays.equals(value, known.get(0)))) {
                disagreements++;
            }
        }
    }

    private static Map<String, byte[]> read(EmbedKv store) throws StoreException {
        Map<String, byte[]> found = new TreeMap<>();
        for (byte[] key : store.keys()) {
            found.put(Key.escape(key), store.get(key).orElseThrow());
        }
        return found;
    }

    private void get(Fields line) throws StoreException {
        byte[] found = opened().get(EmbedkvTrace.key(line)).orElse(null);
        if (!Arrays.equals(content.get(name(line)), found)) {
            throw new AssertionError(line + ": another value than this store was given");
        }
    }

    private void delete(Fields line) throws StoreException {
        boolean expected = content.remove(name(line)) != null;
        expect(line, expected, opened().delete(EmbedkvTrace.key(line)));
    }

    private static void expect(Fields line, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError(line + ": expected " + expected + ", found " + found);
        }
    }

    /** Those that were present hold the same now, each by itself, and nothing is left to be mended. */
    private void close(Fields line) throws StoreException {
        opened().close();
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = new EmbedKvProvider().inspect(devices(present), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        expect(line, List.of(), findings);
        for (int number : present) {
            try (EmbedKv alone = EmbedKv.open(devices(List.of(number)), options.only(EmbedKvOptions.all()))) {
                Map<String, byte[]> found = read(alone);
                expect(line, content.keySet(), found.keySet());
                found.forEach((key, value) -> expect(line, true, Arrays.equals(content.get(key), value)));
            }
            held.set(number, new TreeMap<>(content));
        }
    }
}
