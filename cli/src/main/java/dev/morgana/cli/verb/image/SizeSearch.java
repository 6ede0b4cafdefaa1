package dev.morgana.cli.verb.image;

import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by trying how large an image must be.
 *
 * @param image the image, in any size
 * @param filling what goes in
 */
record SizeSearch(NewImage image, NewImage.Filling filling) {
    private static final long SMALLEST = 64 << 10;
    private static final long LARGEST = 1L << 36;

    /** A format takes about one byte of its own for this many of content; an estimate that is too low costs an attempt. */
    private static final int OVERHEAD = 16;

    /**
     * Makes the image as small as it can be.
     *
     * @param content how many bytes will go in, about
     * @param exact whether to the block; else to a power of two
     */
    NewImage.Made smallest(long content, boolean exact) throws Exception {
        long estimate = SMALLEST;
        while (estimate < content + content / OVERHEAD) {
            estimate *= 2;
        }
        Fit fit = first(estimate, !exact);
        return exact ? shrunk(fit) : fit.made;
    }

    /** A size in bytes that is enough, which is a power of two. */
    long sufficientSize() throws Exception {
        return first(SMALLEST, false).made.info().geometry().sizeBytes();
    }

    /**
     * An image in a size that was enough.
     *
     * @param size what was asked for, in bytes
     */
    private record Fit(long size, NewImage.Made made) {}

    /** Makes it in the first size that is enough, from one on that need not be. */
    private Fit first(long from, boolean stays) throws Exception {
        long size = from;
        NewImage.@Nullable Made made = null;
        while (made == null) {
            try {
                made = image.sized(size, stays).attempt(filling);
            } catch (NoSpaceException e) {
                if (size >= LARGEST) {
                    throw e;
                }
                size *= 2;
            }
        }
        return new Fit(size, made);
    }

    /** Between nothing and a size that is enough, the smallest number of blocks is searched by halving. */
    private NewImage.Made shrunk(Fit enough) throws Exception {
        int blockSize = enough.made.info().geometry().blockSize();
        long tooFew = 0;
        long blocks = enough.size / blockSize;
        while (blocks - tooFew > 1) {
            long middle = (tooFew + blocks) / 2;
            try {
                image.sized(middle * blockSize, false).attempt(filling);
                blocks = middle;
            } catch (NoSpaceException | InvalidOptionException e) {
                tooFew = middle; // what is right for more blocks is wrong for these, because they are too few
            }
        }
        return image.sized(blocks * blockSize, true).attempt(filling);
    }
}
