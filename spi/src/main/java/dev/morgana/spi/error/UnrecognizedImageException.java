package dev.morgana.spi.error;

import java.util.List;

/** An image is of no installed format, or of more than one with equal confidence. */
public final class UnrecognizedImageException extends StoreException {
    private final List<String> candidates;

    /**
     * Creates the error.
     *
     * @param image the image
     * @param reason what was looked for or found, and what the user can do
     * @param candidates formats that fit equally well; empty if none fits
     */
    public UnrecognizedImageException(String image, String reason, List<String> candidates) {
        super(Failure.UNRECOGNIZED_IMAGE, image + ": " + reason, null);
        this.candidates = List.copyOf(candidates);
    }

    /**
     * The formats that fit equally well.
     *
     * @return their ids, empty if none fits
     */
    public List<String> candidates() {
        return candidates;
    }
}
