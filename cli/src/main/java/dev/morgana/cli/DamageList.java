package dev.morgana.cli;

import dev.morgana.cli.exchange.Unreadable;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.List;

/** The entries that could not be read. */
final class DamageList implements Unreadable {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void found(Key key, StoreException damage) {
        lines.add(key + ": " + damage.getMessage());
    }

    /** One line each: the key, and the damage. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Tells of them on standard error, after the entries that could be read. */
    ExitCode report(Console console) {
        lines.forEach(line -> console.err().println("morgana: " + line));
        return lines.isEmpty() ? ExitCode.DONE : ExitCode.DAMAGED;
    }
}
