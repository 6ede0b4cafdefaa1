package dev.morgana.interop.peer;

/** A peer's answer that is no success. */
final class PeerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    PeerFailure(String error, String message) {
        super(error + ": " + message);
    }
}
