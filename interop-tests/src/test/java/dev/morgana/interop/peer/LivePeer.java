package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.peer.Comparison.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** An alternation with a peer as a test: started where its toolchain is, reported in both directions. */
final class LivePeer {
    static final boolean REQUIRED = "required".equals(System.getProperty("morgana.interop"));

    /** How a peer's program for a set-up is got. */
    @FunctionalInterface
    interface Start {
        Program of(Setup setup) throws Exception;
    }

    /** How to make our side, on the images of a set-up. */
    @FunctionalInterface
    interface Ours {
        Participant on(Setup setup, List<Path> images);
    }

    private final String name;
    private final Start start;
    private final Ours ours;
    private final boolean pinned;
    private final boolean required;

    /**
     * @param name the peer, for the report if it cannot be started
     * @param ours our side, from an address
     */
    LivePeer(String name, Start start, Function<String, Participant> ours) {
        this(name, start, (setup, images) -> ours.apply(setup.address(images)), true);
    }

    /** A peer of ours that opens the images by itself. */
    static LivePeer onImages(String name, Start start, Ours ours) {
        return new LivePeer(name, start, ours, true);
    }

    private LivePeer(String name, Start start, Ours ours, boolean pinned) {
        this.name = name;
        this.start = start;
        this.ours = ours;
        this.pinned = pinned;
        this.required = pinned && REQUIRED;
    }

    /** A peer that somebody else provides: nobody can require it. */
    static LivePeer external(String format, Function<String, Participant> ours) {
        return new LivePeer(
                format,
                setup -> ExternalPeer.program(format),
                (setup, images) -> ours.apply(setup.address(images)),
                false);
    }

    /** The seeds of this run: two, or as many as {@code -Dmorgana.interop.seeds} says. */
    static List<Integer> seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("morgana.interop.seeds", 2))
                .boxed()
                .toList();
    }

    /** Alternates, or skips where the peer cannot be had; there, a run that requires it fails. */
    void alternate(Setup setup, Workload workload, int seed, int steps, Path folder) throws Exception {
        alternate(setup, workload, workload, seed, steps, folder);
    }

    void alternate(Setup setup, Workload oursDo, Workload peerDoes, int seed, int steps, Path folder) throws Exception {
        Program program = program(setup);
        List<Path> images = setup.create(folder);
        try (PeerProcess process = program.start(folder)) {
            PeerParticipant peer = new PeerParticipant(process, setup, images);
            Participant own = ours.on(setup, images);
            Alternation alternation = new Alternation(own, peer, oursDo, peerDoes, seed);
            String geometry = setup.name() + ", seed " + seed + program.place();
            new Comparison(peer.peer(), peer.version(), geometry)
                    .run(
                            List.of(
                                    new Direction("Morgana writes, the peer reads", () -> alternation.writtenBy(own)),
                                    new Direction("the peer writes, Morgana reads", () -> alternation.writtenBy(peer))),
                            () -> {
                                checkTable(peer);
                                alternation.run(steps, 1);
                                assertThat(alternation.writtenBy(own)).isPositive();
                                assertThat(alternation.writtenBy(peer)).isPositive();
                            });
        }
    }

    /** Its program, where it can be had; else the test ends here, and fails where the peer is required. */
    Program program(Setup setup) throws Exception {
        try {
            return start.of(setup);
        } catch (Unavailable e) {
            new Comparison(name, "", setup.name()).skipped(e.getMessage());
            if (required) {
                throw new AssertionError(name + " is required here, but " + e.getMessage());
            }
            return Assumptions.abort(name + " cannot run: " + e.getMessage());
        }
    }

    /** The README claims a peer in a version: it is the one that runs here. */
    private void checkTable(PeerParticipant peer) throws IOException {
        if (pinned) {
            assertThat(SupportTable.livePeers()).anyMatch(claimed -> (peer.name() + " ").startsWith(claimed + " "));
        }
    }
}
