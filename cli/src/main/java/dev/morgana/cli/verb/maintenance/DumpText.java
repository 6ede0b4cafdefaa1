package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.WrappedLine;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.facet.Dump;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Structures as text: each where it is, those of blocks with nothing to tell, such as free ones, as one line. */
final class DumpText {
    private static final int PLACE = 10;

    private final Output output;
    private Dump.@Nullable Structure first;
    private Dump.@Nullable Structure last;

    DumpText(Output output) {
        this.output = output;
    }

    /** Takes the next structure. */
    void add(Dump.Structure structure) {
        if (last != null && goesOn(last, structure)) {
            last = structure;
            return;
        }
        finish();
        first = structure;
        last = structure;
    }

    private static boolean goesOn(Dump.Structure before, Dump.Structure next) {
        return before.fields().isEmpty()
                && next.fields().isEmpty()
                && before.valid()
                && next.valid()
                && before.depth() == next.depth()
                && before.position().offset() == 0
                && next.position().offset() == 0
                && before.position().device().equals(next.position().device())
                && before.position().structure().equals(next.position().structure())
                && before.position().block() != Position.NO_BLOCK
                && next.position().block() == before.position().block() + 1;
    }

    /** Writes what has not been written yet. */
    void finish() {
        if (first == null || last == null) {
            return;
        }
        print(first, last);
        first = null;
        last = null;
    }

    private void print(Dump.Structure structure, Dump.Structure end) {
        Position position = structure.position();
        String place = position.block() == Position.NO_BLOCK ? "" : position.block() + ":";
        place = structure == end
                ? place + String.format("%04x", position.offset())
                : position.block() + "-" + end.position().block() + ":";
        List<String> parts = new ArrayList<>();
        parts.add(position.structure());
        structure.fields().forEach((name, value) -> parts.add(name + "=" + value));
        if (!structure.valid()) {
            parts.add("(not valid)");
        }
        String indent = "  ".repeat(structure.depth() + 1);
        int margin = PLACE + indent.length() + 2;
        String start = String.format("%" + PLACE + "s", place) + indent;
        for (String line : WrappedLine.of(parts, "  ", WrappedLine.COLUMNS - margin)) {
            String text = start + line;
            output.text().println(structure.valid() ? text : output.styled("bold,red", text));
            start = " ".repeat(margin);
        }
    }
}
