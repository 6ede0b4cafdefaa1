package dev.morgana.tck.model;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Draws sequences of operations. The keys are few, so that operations meet: a value where a dictionary was, a rename onto
 * something, a parent that is a value. What is drawn does not depend on what came before, so steps can be left out.
 */
final class StepGenerator {
    private static final List<String> NAMES = List.of("a", "b", "ab", "c");
    private static final List<String> PARENTS = List.of("d", "a", "d/e");
    private static final List<BeyondEnd> RULES = List.of(BeyondEnd.values());
    private static final List<RenameMode> MODES = List.of(RenameMode.values());
    private static final int REOPEN_ONE_IN = 12;

    private final Workload workload;
    private final Random random;

    StepGenerator(Workload workload, long seed) {
        this.workload = workload;
        this.random = new Random(seed);
    }

    List<Step> steps() {
        return IntStream.range(0, workload.steps())
                .mapToObj(i -> new Step(operation(), workload.reopenAlways() || random.nextInt(REOPEN_ONE_IN) == 0))
                .toList();
    }

    private Operation operation() {
        int dice = random.nextInt(100);
        if (dice < 40) {
            return new Operations.Put(key(), content(), random.nextBoolean());
        } else if (dice < 55) {
            return write();
        } else if (dice < 60) {
            return new Operations.Allocate(key(), size());
        } else if (dice < 76) {
            return new Operations.Remove(random.nextInt(6) == 0 ? parent() : key());
        } else if (dice < 90) {
            return rename();
        } else if (dice < 93) {
            return new Operations.Replace(random.nextBoolean() ? parent() : key(), content());
        } else if (dice < 99 && workload.dictionaries()) {
            return random.nextInt(3) > 0
                    ? new Operations.MakeDictionary(parent())
                    : new Operations.RemoveDictionary(parent());
        } else if (dice == 99) {
            return new Operations.Clear();
        }
        return new Operations.Put(key(), content(), false);
    }

    private Operation write() {
        Content content = new Content(Math.max(1, size() / 2), random.nextInt(1000));
        BeyondEnd rule = RULES.get(random.nextInt(RULES.size()));
        int offset = random.nextInt(Math.max(1, workload.largest() - content.size() + 1));
        return new Operations.Write(key(), random.nextInt(4) == 0 ? 0 : offset, content, rule);
    }

    private Operation rename() {
        RenameMode mode = MODES.get(random.nextInt(MODES.size()));
        Key source = random.nextInt(3) == 0 ? parent() : key();
        Key target = random.nextInt(3) == 0 ? parent() : key();
        return new Operations.Rename(source, target, mode);
    }

    private Key key() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return random.nextInt(5) < 3 ? Key.of(name) : parent().child(name);
    }

    private Key parent() {
        return Key.of(PARENTS.get(random.nextInt(PARENTS.size())));
    }

    private Content content() {
        return new Content(size(), random.nextInt(1000));
    }

    private int size() {
        int chosen = random.nextInt(3) == 0
                ? random.nextInt(Math.max(1, workload.largest()))
                : workload.sizes().get(random.nextInt(workload.sizes().size())) + random.nextInt(3) - 1;
        return Math.max(0, Math.min(workload.largest(), chosen));
    }
}
