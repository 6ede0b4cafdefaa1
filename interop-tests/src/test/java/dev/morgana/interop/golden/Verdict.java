package dev.morgana.interop.golden;

import dev.morgana.spi.provider.Half;
import java.util.Optional;

/**
 * What became of one case.
 *
 * @param passed whether everything of it was compared and right
 * @param half the half of the format that a case which did not pass needs; a miss in a half that is built is a failure
 * @param reason why it did not pass: the first difference
 * @param io what a trace cost, where it counts: ours and the peer's
 */
record Verdict(boolean passed, Half half, String reason, Optional<Io> io) {
    record Io(IoCount ours, IoCount peer) {}

    static Verdict pass() {
        return new Verdict(true, Half.READ, "", Optional.empty());
    }

    static Verdict pass(IoCount ours, IoCount peer) {
        return new Verdict(true, Half.WRITE, "", Optional.of(new Io(ours, peer)));
    }

    static Verdict fail(Half half, String reason) {
        return new Verdict(false, half, reason, Optional.empty());
    }
}
