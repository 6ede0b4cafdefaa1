package dev.morgana.cli.exchange;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/** The entries of a dictionary one by one, so that none is too long. Damage in one need not keep from the others. */
public final class Listing {
    private Listing() {}

    /** Takes the entries. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes one. */
        void visit(Entry entry, boolean last) throws IOException;
    }

    /** Visits what a dictionary holds. */
    public static void visit(ReadableStore store, Key dictionary, DamagePolicy policy, Visitor visitor)
            throws IOException {
        policy.guard(dictionary, () -> {
            try (Stream<Entry> entries = store.list(dictionary)) {
                for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
                    Entry entry = i.next();
                    boolean last = !i.hasNext();
                    policy.guard(entry.key(), () -> visitor.visit(entry, last));
                }
            }
        });
    }
}
