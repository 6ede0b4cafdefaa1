package dev.morgana.tck.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import java.util.ArrayList;
import java.util.List;

/** The changes that faults are tried in. */
final class Changes {
    private static final Key A = Key.of("a");

    private Changes() {}

    /** Every way to change a store, on a content that {@link #before} makes. */
    static List<Operation> of(Bench bench) throws StoreException {
        int large = bench.size(2L * bench.variant().geometry().blockSize() + 3, 8);
        List<Operation> changes = new ArrayList<>(List.of(
                new Operations.Put(A, new Content(large, 1), false),
                new Operations.Put(Key.of("d/e/v"), new Content(60, 2), true),
                new Operations.Write(A, large / 2, new Content(40, 3), BeyondEnd.APPEND),
                new Operations.Write(Key.of("w"), 5, new Content(9, 4), BeyondEnd.ZERO_FILL),
                new Operations.Allocate(Key.of("z"), 33),
                new Operations.Put(A, new Content(12, 5), false),
                new Operations.Rename(Key.of("w"), Key.of("n/w"), RenameMode.EXACT),
                new Operations.Rename(Key.of("d"), Key.of("n"), RenameMode.INTO_DICTIONARY),
                new Operations.Remove(Key.of("z")),
                new Operations.Put(A, new Content(large, 6), true),
                new Operations.Remove(Key.of("n/d")),
                new Operations.Replace(Key.of("n"), new Content(25, 7))));
        changes.addAll(changesByFacet(bench));
        changes.addAll(bench.fixture().ownChanges());
        changes.add(new Operations.Clear());
        changes.add(new Operations.Put(Key.of("b"), new Content(10, 8), false));
        return changes;
    }

    private static List<Operation> changesByFacet(Bench bench) throws StoreException {
        List<Operation> changes = new ArrayList<>();
        if (bench.store().facet(Dictionaries.class).isPresent()) {
            changes.add(new Operations.MakeDictionary(Key.of("x")));
            changes.add(new Operations.RemoveDictionary(Key.of("x")));
        }
        if (bench.store().facet(FileHandles.class).isPresent()) {
            int size = bench.size(bench.variant().geometry().blockSize(), 8);
            changes.add(new Operations.WriteFile(A, 3, new Content(size, 11)));
            changes.add(new Operations.WriteFile(A, size + 9, new Content(4, 12)));
        }
        if (bench.store().facet(GarbageCollection.class).isPresent()) {
            changes.add(new Operations.Collect());
        }
        if (bench.store().facet(Compaction.class).isPresent()) {
            changes.add(new Operations.Compact());
        }
        return changes;
    }

    /** The content that the changes begin with. */
    static List<Operation> before() {
        return List.of(
                new Operations.Put(Key.of("old"), new Content(50, 9), false),
                new Operations.Put(A, new Content(5, 10), false));
    }
}
