package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;

/** Two programs take turns on one image. After each step both read everything, and both must see what the model holds. */
final class Alternation {
    private final List<Party> parties;
    private final Workload workload;
    private final Model model;
    private final Random random;
    private final int[] written = new int[2];

    Alternation(Party ours, Party peer, Workload workload, long seed) {
        this.parties = List.of(ours, peer);
        this.workload = workload;
        this.model = new Model(workload.leaf());
        this.random = new Random(seed);
    }

    /** One of the two formats; then each step is made by one of the two. */
    void run(int steps) throws Exception {
        Party first = parties.get(random.nextInt(2));
        first.format();
        compare("after format by " + first.name());
        for (int i = 0; i < steps; i++) {
            int writer = random.nextInt(2);
            Step step = workload.next(random, model);
            write(parties.get(writer), step, "step " + i + ", " + step.request());
            model.apply(step);
            written[writer]++;
            compare("after step " + i + " by " + parties.get(writer).name() + ", " + step.request());
        }
    }

    /** How many steps one party has made, all of which the other read. */
    int writtenBy(Party party) {
        return written[parties.indexOf(party)];
    }

    private static void write(Party writer, Step step, String where) {
        try {
            writer.open();
            writer.apply(step);
            writer.close();
        } catch (Exception e) {
            throw new AssertionError(writer.name() + " cannot do " + where, e);
        }
    }

    private void compare(String when) {
        for (Party reader : parties) {
            try {
                reader.open();
                assertThat(reader.list())
                        .as("what %s reads %s", reader.name(), when)
                        .isEqualTo(model.rows());
                reader.close();
            } catch (Exception e) {
                throw new AssertionError(reader.name() + " cannot read " + when, e);
            }
        }
    }
}
