package dev.morgana.spi.error;

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
        super(Failure.INVALID_OPTION, "option " + option + ": " + reason, null);
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
