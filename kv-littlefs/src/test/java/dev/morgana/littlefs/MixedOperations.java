package dev.morgana.littlefs;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded operations of every kind on few keys in few directories, so that renames cross pairs and directories come and go. */
final class MixedOperations {
    private static final List<String> DIRECTORIES = List.of("", "d/", "e/", "d/f/");
    private static final List<String> NAMES = List.of("a", "b", "long-name-of-a-file", "c");
    private static final int[] SIZES = {0, 5, 15, 33, 300};

    private final Random random;

    private MixedOperations(long seed) {
        this.random = new Random(seed);
    }

    static List<Operation> of(int count, long seed) {
        MixedOperations source = new MixedOperations(seed);
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operations.add(source.next());
        }
        return operations;
    }

    private Operation next() {
        int dice = random.nextInt(20);
        if (dice < 8) {
            return new Operations.Put(key(), content(), false);
        } else if (dice < 10) {
            return new Operations.Write(key(), random.nextInt(200), content(), BeyondEnd.ZERO_FILL);
        } else if (dice < 13) {
            return new Operations.Remove(key());
        } else if (dice < 18) {
            return new Operations.Rename(key(), key(), RenameMode.EXACT);
        } else if (dice == 18) {
            return new Operations.Rename(Key.of("d/f"), Key.of(random.nextBoolean() ? "e/f" : "g"), RenameMode.EXACT);
        }
        return random.nextBoolean()
                ? new Operations.MakeDictionary(Key.of("e/h"))
                : new Operations.RemoveDictionary(Key.of("e/h"));
    }

    private Key key() {
        return Key.of(DIRECTORIES.get(random.nextInt(DIRECTORIES.size())) + NAMES.get(random.nextInt(NAMES.size())));
    }

    private Content content() {
        return new Content(SIZES[random.nextInt(SIZES.length)], random.nextInt(1000));
    }
}
