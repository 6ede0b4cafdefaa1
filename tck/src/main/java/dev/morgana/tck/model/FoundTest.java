package dev.morgana.tck.model;

import dev.morgana.spi.key.Key;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A failing sequence as a test to paste: what random runs have found stays found. */
final class FoundTest {
    private FoundTest() {}

    /** The source of a method, for a class that extends a contract. */
    static String source(long seed, Room room, List<Step> steps) {
        return Stream.of(
                        Stream.of(
                                "@StoreTest",
                                "void seed" + seed + "(Bench bench) throws StoreException {",
                                "    RandomRuns.replay(bench, " + source(room) + ", List.of("),
                        IntStream.range(0, steps.size())
                                .mapToObj(
                                        i -> "            " + source(steps.get(i)) + (i + 1 < steps.size() ? "," : "")),
                        Stream.of("    ));", "}"))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String source(Object value) {
        if (value instanceof Key key) {
            return "Key.of(\"" + key + "\")";
        }
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
        }
        if (value instanceof Record) {
            return Stream.of(value.getClass().getRecordComponents())
                    .map(component -> source(component(value, component)))
                    .collect(Collectors.joining(", ", "new " + name(value.getClass()) + "(", ")"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FoundTest::source).collect(Collectors.joining(", ", "List.of(", ")"));
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> String.valueOf(Array.get(value, i)))
                    .collect(Collectors.joining(", ", "new " + value.getClass().getComponentType() + "[] {", "}"));
        }
        return value instanceof Long ? value + "L" : value.toString();
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
    }

    private static Object component(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component + " of a public record", e);
        }
    }
}
