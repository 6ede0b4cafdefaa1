package dev.morgana.spi.error;

/** The image is of a version, dialect or feature set that this backend does not handle (in the way that was asked for). */
public final class UnsupportedFormatException extends StoreException {
    private final String found;
    private final String supported;

    /**
     * Creates the error.
     *
     * @param found the version, dialect or feature found
     * @param supported what is supported instead
     */
    public UnsupportedFormatException(String found, String supported) {
        super(Failure.UNSUPPORTED_FORMAT, "not supported: " + found + "; supported: " + supported, null);
        this.found = found;
        this.supported = supported;
    }

    /**
     * What was found.
     *
     * @return a phrase
     */
    public String found() {
        return found;
    }

    /**
     * What is supported.
     *
     * @return a phrase
     */
    public String supported() {
        return supported;
    }
}
