package dev.morgana.interop.peer;

/** What a peer needs is not on this machine. */
final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
        super(message);
    }
}
