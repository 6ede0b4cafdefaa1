package dev.morgana.interop.golden;

import dev.morgana.lsm.EkvProvider;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.tck.device.RamDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of an image as the dump shows them, against the recorded ones. */
final class EkvLayout {
    private EkvLayout() {}

    static void compare(String name, EkvProvider provider, RamDevice device, Options options, Fields layout)
            throws StoreException {
        List<Dump.Structure> structures = new ArrayList<>();
        try (Inspection inspection = provider.inspect(List.of(device), options)) {
            inspection.facet(Dump.class).orElseThrow().dump(block -> true, structures::add);
        }
        Map<Integer, String> expected = new TreeMap<>();
        Map<Integer, String> found = new TreeMap<>();
        for (Fields file : layout.objects("files")) {
            List<Long> pages = new ArrayList<>();
            file.get("pages").forEach(page -> pages.add(page.asLong()));
            int number = file.get("id").asInt();
            if (!pages.isEmpty()) {
                expected.put(number, describe(file.text("flags"), file.text("first_seq"), pages));
                found.put(number, describe(structures, number));
            }
        }
        String meta = "page " + layout.text("meta_page") + " generation " + layout.text("meta_seq");
        if (!found.equals(expected) || !meta.equals(meta(structures)) || expected.size() != files(structures)) {
            throw new AssertionError(name + ": files " + found + " and meta " + meta(structures) + ", expected "
                    + expected + " and " + meta);
        }
    }

    private static String describe(String flags, String first, List<Long> pages) {
        return "flags " + flags + " from " + first + " pages " + pages;
    }

    private static String describe(List<Dump.Structure> structures, int number) {
        long current = current(structures).position().block();
        Map<String, String> entry = structures.stream()
                .filter(one -> one.position().structure().equals("meta entry")
                        && one.position().block() == current
                        && one.fields().get("file").equals(Integer.toString(number)))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .fields();
        List<Long> lastFirst = structures.stream()
                .filter(one -> ("file " + number).equals(one.fields().get("partOf")))
                .sorted(Comparator.comparingLong((Dump.Structure one) ->
                                Long.parseLong(one.fields().get("position")))
                        .reversed())
                .map(one -> one.position().block())
                .toList();
        return describe(entry.get("flags"), entry.get("firstPosition"), lastFirst);
    }

    private static Dump.Structure current(List<Dump.Structure> structures) {
        return structures.stream()
                .filter(one -> "meta log".equals(one.fields().get("partOf")))
                .findFirst()
                .orElseThrow();
    }

    private static String meta(List<Dump.Structure> structures) {
        Dump.Structure current = current(structures);
        return "page " + current.position().block() + " generation "
                + current.fields().get("generation");
    }

    private static long files(List<Dump.Structure> structures) {
        return structures.stream()
                .map(one -> one.fields().getOrDefault("partOf", ""))
                .filter(role -> role.startsWith("file "))
                .distinct()
                .count();
    }
}
