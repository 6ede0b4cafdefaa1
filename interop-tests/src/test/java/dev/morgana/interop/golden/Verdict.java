package dev.morgana.interop.golden;

import java.util.Optional;

/**
 * What became of one case.
 *
 * @param passed whether everything of it was compared and right
 * @param reason why it did not pass: the first difference
 * @param io what a trace cost, where it counts: ours and the peer's
 */
record Verdict(boolean passed, String reason, Optional<Io> io) {
    record Io(IoCount ours, IoCount peer) {}

    static Verdict pass() {
        return new Verdict(true, "", Optional.empty());
    }

    static Verdict pass(IoCount ours, IoCount peer) {
        return new Verdict(true, "", Optional.of(new Io(ours, peer)));
    }

    static Verdict fail(String reason) {
        return new Verdict(false, reason, Optional.empty());
    }
}
