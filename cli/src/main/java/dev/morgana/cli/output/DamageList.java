package dev.morgana.cli.output;

import dev.morgana.cli.exchange.DamagePolicy;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.List;

/** The entries that could not be read. */
public final class DamageList implements DamagePolicy {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void found(Key key, StoreException damage) {
        lines.add(key + ": " + damage.getMessage());
    }

    /** One line each: the key, and the damage. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Tells of them on standard error, after the entries that could be read. */
    public ExitCode report(Console console) {
        lines.forEach(console::complain);
        return lines.isEmpty() ? ExitCode.DONE : ExitCode.DAMAGED;
    }
}
