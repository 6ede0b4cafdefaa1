package dev.morgana.cli.output;

/** The words of the command make no sense for this image, or need others. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode code;

    public UsageException(String message) {
        this(message, ExitCode.USAGE);
    }

    /** One that ends the command with the code of what is behind it, such as a parent that is not there. */
    public UsageException(String message, ExitCode code) {
        super(message);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
