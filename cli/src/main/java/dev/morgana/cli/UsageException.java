package dev.morgana.cli;

/** The words of the command make no sense for this image. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
