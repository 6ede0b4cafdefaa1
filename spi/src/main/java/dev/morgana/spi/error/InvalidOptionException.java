package dev.morgana.spi.error;

import org.jspecify.annotations.Nullable;

/** An option that nobody declares, or a value outside its range or against what the image says. */
public final class InvalidOptionException extends RequestException {
    private final String option;

    /**
     * Creates the error.
     *
     * @param option the option's name as given
     * @param reason what is wrong, and what would be right
     */
    public InvalidOptionException(String option, String reason) {
        this(option, reason, null);
    }

    /**
     * Creates the error.
     *
     * @param option the option's name as given
     * @param reason what is wrong, and what would be right
     * @param cause why, or null
     */
    public InvalidOptionException(String option, String reason, @Nullable Throwable cause) {
        super(Failure.INVALID_OPTION, "option " + option + ": " + reason, cause);
        this.option = option;
    }

    /**
     * The option.
     *
     * @return its name as given
     */
    public String option() {
        return option;
    }
}
