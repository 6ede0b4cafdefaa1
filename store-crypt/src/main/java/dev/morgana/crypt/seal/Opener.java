package dev.morgana.crypt.seal;

import java.util.Optional;

/** Opens the segments of one sealed value. For one thread at a time. */
public final class Opener {
    private final SegmentCipher cipher;

    Opener(SegmentCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Decrypts a segment.
     *
     * @param number of the segment, from 0
     * @param last whether the value ends with it
     * @param sealed holds the segment with its tag
     * @param offset where it begins there
     * @param length how long it is, with its tag
     * @return the bytes; empty if they are not what was sealed as this segment of this value
     */
    public Optional<byte[]> open(long number, boolean last, byte[] sealed, int offset, int length) {
        return cipher.open(number, last, sealed, offset, length);
    }
}
