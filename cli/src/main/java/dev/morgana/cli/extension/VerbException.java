package dev.morgana.cli.extension;

/** A verb cannot do what the words of its command line ask for. */
public final class VerbException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean usage;

    private VerbException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /**
     * The words are wrong, and others would do. The command ends with 2.
     *
     * @param message what, where, what to do, in one line
     * @return the error
     */
    public static VerbException usage(String message) {
        return new VerbException(message, true);
    }

    /**
     * The words are right, and the host lacks something or refuses it. The command ends with 6.
     *
     * @param message what, where, what to do, in one line
     * @return the error
     */
    public static VerbException host(String message) {
        return new VerbException(message, false);
    }

    /**
     * Whether the words are wrong.
     *
     * @return whether other words would do
     */
    public boolean isUsage() {
        return usage;
    }
}
