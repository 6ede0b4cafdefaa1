package dev.morgana.block.drivers.layer;

/**
 * What a power cut leaves of the operation it hits. {@link TornPart} has the usual answers; a program may give others.
 */
@FunctionalInterface
public interface Tear {
    /**
     * Tells which bytes of a program, or of the block of an erase, reach the medium. The others stay as they were.
     *
     * @param length how many bytes the operation is for, at least 1
     * @param unit the program size of the device, in bytes
     * @return a range inside the operation
     */
    Span done(int length, int unit);

    /**
     * A range of bytes inside one operation.
     *
     * @param from the first byte, counted from the start of the operation
     * @param to behind the last byte, at least {@code from}
     */
    record Span(int from, int to) {
        public Span {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("no such range: " + from + " to " + to);
            }
        }
    }
}
