package dev.morgana.interop.peer;

import dev.morgana.interop.report.InteropReport;
import dev.morgana.interop.report.InteropReport.Line;
import dev.morgana.interop.report.InteropReport.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** An alternation with a peer as a test: started where its toolchain is, reported in both directions. */
final class LivePeer {
    static final boolean REQUIRED = "required".equals(System.getProperty("morgana.interop"));

    /** How to start a peer for a set-up. */
    @FunctionalInterface
    interface Command {
        List<String> of(Setup setup) throws Exception;
    }

    /** How to make our side, on the images of a set-up. */
    @FunctionalInterface
    interface Ours {
        Party on(Setup setup, List<Path> images);
    }

    private final String name;
    private final Command command;
    private final Ours ours;
    private final boolean required;

    /**
     * @param name the peer, for the report if it cannot be started
     * @param ours our side, from an address
     */
    LivePeer(String name, Command command, Function<String, Party> ours) {
        this(name, command, (setup, images) -> ours.apply(setup.address(images)), REQUIRED);
    }

    /** A peer of ours that opens the images by itself. */
    static LivePeer onImages(String name, Command command, Ours ours) {
        return new LivePeer(name, command, ours, REQUIRED);
    }

    private LivePeer(String name, Command command, Ours ours, boolean required) {
        this.name = name;
        this.command = command;
        this.ours = ours;
        this.required = required;
    }

    /** A peer that somebody else provides: nobody can require it. */
    static LivePeer external(String format, Function<String, Party> ours) {
        return new LivePeer(
                format,
                setup -> ExternalPeer.command(format),
                (setup, images) -> ours.apply(setup.address(images)),
                false);
    }

    /** The seeds of this run: two, or as many as {@code -Dmorgana.interop.seeds} says. */
    static List<Integer> seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("morgana.interop.seeds", 2))
                .boxed()
                .toList();
    }

    void alternate(Setup setup, Workload workload, int seed, int steps, Path folder) throws Exception {
        alternate(setup, workload, workload, seed, steps, folder);
    }

    void alternate(Setup setup, Workload oursDo, Workload peerDoes, int seed, int steps, Path folder) throws Exception {
        List<String> start;
        try {
            start = command.of(setup);
        } catch (Unavailable e) {
            skip(setup, e.getMessage());
            return;
        }
        List<Path> images = setup.create(folder);
        try (PeerProcess process = PeerProcess.start(start)) {
            Party own = ours.on(setup, images);
            Party peer = new PeerParty(process, setup, images);
            Alternation alternation = new Alternation(own, peer, oursDo, peerDoes, seed);
            String geometry = setup.name() + ", seed " + seed;
            try {
                alternation.run(steps, 1);
            } catch (AssertionError e) {
                report(peer.name(), geometry, alternation, own, peer, Outcome.FAILED, e.getMessage());
                throw e;
            }
            report(peer.name(), geometry, alternation, own, peer, Outcome.PASSED, "");
        }
    }

    private static void report(
            String name,
            String geometry,
            Alternation alternation,
            Party own,
            Party peer,
            Outcome outcome,
            String reason) {
        String first = reason.lines().findFirst().orElse("");
        InteropReport.add(
                new Line(name, "Morgana writes, the peer reads", geometry, alternation.writtenBy(own), outcome, first));
        InteropReport.add(new Line(
                name, "the peer writes, Morgana reads", geometry, alternation.writtenBy(peer), outcome, first));
    }

    private void skip(Setup setup, String why) {
        if (required) {
            throw new AssertionError(name + " is required here, but " + why);
        }
        InteropReport.add(new Line(name, "both", setup.name(), 0, Outcome.SKIPPED, why));
        Assumptions.abort(name + " cannot run: " + why);
    }
}
