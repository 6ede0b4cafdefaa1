package dev.morgana.interop.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Puts, replacements and deletes of a bounded number of keys.
 *
 * @param leaf the type of an entry
 * @param names the keys that are used
 * @param most bytes of the largest value
 * @param batch the most changes of one transaction, 1 for none
 */
record FlatWorkload(String leaf, List<Name> names, int most, int batch) implements Workload {
    /** Keys that a sloppy reader gets wrong: short and long, text and (where the peer takes them) any bytes. */
    static List<Name> names(int count, int longest, boolean anyBytes) {
        List<Name> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(
                    switch (i % 4) {
                        case 0 -> Name.of("k" + i);
                        case 1 -> Name.of("\u00fc:" + i);
                        case 2 -> Name.of(("long-" + i + "-" + "x".repeat(longest)).substring(0, longest));
                        default -> anyBytes ? new Name(new byte[] {(byte) i, 0, (byte) 0xff, 7}) : Name.of("a\tb" + i);
                    });
        }
        return names;
    }

    @Override
    public Step next(Random random, Model model) {
        if (batch == 1) {
            return change(random, model, names.get(random.nextInt(names.size())));
        }
        TreeSet<Name> chosen = new TreeSet<>();
        for (int i = random.nextInt(batch); i >= 0; i--) {
            chosen.add(names.get(random.nextInt(names.size())));
        }
        return new Step.Batch(
                chosen.stream().<Step>map(name -> change(random, model, name)).toList());
    }

    private Step change(Random random, Model model, Name name) {
        if (model.has(name) && random.nextInt(3) == 0) {
            return new Step.Delete(name);
        }
        return new Step.Put(name, Values.next(random, most));
    }
}
