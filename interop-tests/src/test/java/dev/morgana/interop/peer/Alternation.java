package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;

/** Two programs take turns on one image. After each step both read everything, and both must see what the model holds. */
final class Alternation {
    private final List<Participant> participants;
    private final List<Workload> workloads;
    private final Model model;
    private final Random random;
    private final int[] written = new int[2];

    Alternation(Participant ours, Participant peer, Workload workload, long seed) {
        this(ours, peer, workload, workload, seed);
    }

    /** An alternation in which each participant has its own changes, since the other cannot do them. */
    Alternation(Participant ours, Participant peer, Workload oursDo, Workload peerDoes, long seed) {
        this.participants = List.of(ours, peer);
        this.workloads = List.of(oursDo, peerDoes);
        this.model = new Model(oursDo.leaf());
        this.random = new Random(seed);
    }

    /** One of the two formats; then one of the two makes a session of some steps, and so on. */
    void run(int sessions, int steps) throws Exception {
        Participant first = participants.get(random.nextInt(2));
        first.format();
        compare("after format by " + first.name());
        for (int i = 0; i < sessions; i++) {
            int writer = random.nextInt(2);
            String last = session(participants.get(writer), workloads.get(writer), steps);
            written[writer] += steps;
            compare("after session " + i + " by " + participants.get(writer).name() + ", which ended with " + last);
        }
    }

    /** How many steps one participant has made, all of which the other read. */
    int writtenBy(Participant participant) {
        return written[participants.indexOf(participant)];
    }

    /** Makes some steps, and tells the last one. */
    private String session(Participant writer, Workload workload, int steps) {
        Step step = null;
        try {
            writer.open();
            for (int i = 0; i < steps; i++) {
                step = workload.next(random, model);
                writer.apply(step);
                model.apply(step);
            }
            writer.close();
        } catch (Exception e) {
            throw new AssertionError(writer.name() + " cannot do " + (step == null ? "a session" : step.request()), e);
        }
        return step.request().toString();
    }

    private void compare(String when) {
        for (Participant reader : participants) {
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
