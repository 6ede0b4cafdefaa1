package dev.morgana.littlefs;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import java.util.List;

/** Some content, and every kind of change to it. */
final class Changes {
    private Changes() {}

    private static Operation put(String key, int size) {
        return new Operations.Put(Key.of(key), new Content(size, key.hashCode()), false);
    }

    private static Operation rename(String from, String to) {
        return new Operations.Rename(Key.of(from), Key.of(to), RenameMode.EXACT);
    }

    /** What is there before. */
    static List<Operation> content() {
        return List.of(
                put("a", 10),
                put("dir/b", 300),
                put("dir/c", 12),
                put("other/d", 14),
                put("other/e", 5),
                new Operations.MakeDictionary(Key.of("empty")),
                new Operations.MakeDictionary(Key.of("dir/inner")));
    }

    /** Every operation that changes something, in every form that takes another way through the code. */
    static List<Operation> all() {
        return List.of(
                put("new", 9),
                put("large", 1500),
                put("a", 400),
                put("a", 7),
                new Operations.Write(Key.of("dir/b"), 100, new Content(50, 1), BeyondEnd.REFUSE),
                new Operations.Write(Key.of("dir/b"), 700, new Content(50, 2), BeyondEnd.ZERO_FILL),
                new Operations.WriteFile(Key.of("other/d"), 5, new Content(90, 3)),
                new SetAttribute(Key.of("dir/c"), 1, 20),
                new SetAttribute(Key.ROOT, 2, 4),
                new Operations.MakeDictionary(Key.of("made")),
                new Operations.RemoveDictionary(Key.of("empty")),
                rename("new", "renamed"),
                rename("dir/c", "other/c"),
                rename("other/c", "dir/b"),
                rename("dir/inner", "made/inner"),
                rename("dir", "made/dir"),
                new Operations.Allocate(Key.of("zeros"), 260),
                new Operations.Remove(Key.of("a")),
                new Operations.Remove(Key.of("made")),
                new Operations.Collect(),
                new Operations.Clear());
    }
}
