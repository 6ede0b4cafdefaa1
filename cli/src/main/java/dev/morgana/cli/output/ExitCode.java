package dev.morgana.cli.output;

import dev.morgana.spi.error.StoreException;

/** How the command ends. The numbers are part of its interface. */
public enum ExitCode {
    /** The work is done. */
    DONE(0),
    /** The work is done, and there are findings or differences. */
    FINDINGS(1),
    /** The words of the command are wrong, or ask for what is not supported. */
    USAGE(2),
    /** The image has no such entry. */
    NOT_FOUND(3),
    /** The image is damaged, or of no known format. */
    DAMAGED(4),
    /** There is no space left. */
    NO_SPACE(5),
    /** Input or output failed. */
    INPUT_OUTPUT(6),
    /** Somebody else has the image open. */
    LOCKED(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The one of two that counts when both things happened. */
    public ExitCode worse(ExitCode other) {
        return other.number > number ? other : this;
    }

    public static ExitCode of(StoreException error) {
        return switch (error.failure()) {
            case NO_SUCH_KEY -> NOT_FOUND;
            case DICTIONARY_EXPECTED,
                    VALUE_EXPECTED,
                    KEY_EXISTS,
                    RENAME_INTO_SELF,
                    LIMIT_EXCEEDED,
                    INVALID_REQUEST,
                    INVALID_OPTION,
                    WRONG_KEY,
                    INVALID_ADDRESS,
                    UNKNOWN_PROVIDER,
                    UNSUPPORTED_FORMAT -> USAGE;
            case CORRUPT_STORE, UNRECOGNIZED_IMAGE, BAD_BLOCK -> DAMAGED;
            case NO_SPACE -> NO_SPACE;
            case DEVICE_LOCKED -> LOCKED;
            case READ_ONLY_STORE, CALLER_STREAM, DEVICE_CLOSED, DEVICE_READ_ONLY, DEVICE_IO -> INPUT_OUTPUT;
        };
    }
}
