package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Segments;
import java.io.IOException;
import java.io.InputStream;

/** A value in its sealed form while it is being read. Only when the next segment turns out to be empty is one the last. */
final class SealingStream extends PieceStream {
    private static final byte[] END = {};

    private final SegmentCipher cipher;
    private final InputStream value;
    private byte[] segment = {};
    private long number = -1;
    private boolean ended;

    SealingStream(byte[] header, SegmentCipher cipher, InputStream value) {
        super(header);
        this.cipher = cipher;
        this.value = value;
    }

    @Override
    protected byte[] next() throws IOException {
        if (ended) {
            return END;
        }
        if (number < 0) {
            segment = value.readNBytes(Segments.LENGTH);
            number = 0;
        }
        byte[] following = segment.length < Segments.LENGTH ? END : value.readNBytes(Segments.LENGTH);
        ended = following.length == 0;
        byte[] sealed = cipher.seal(number++, ended, segment, 0, segment.length);
        segment = following;
        return sealed;
    }
}
