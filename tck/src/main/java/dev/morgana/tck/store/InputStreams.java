package dev.morgana.tck.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** Streams that values are read from. */
final class InputStreams {
    private InputStreams() {}

    /** Some bytes. */
    static InputStream of(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** A stream that fails when some bytes have been read. */
    static InputStream failingAfter(byte[] bytes, IOException failure) {
        return new SequenceInputStream(of(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw failure;
            }
        });
    }

    /** As many bytes as anybody reads, without holding them. */
    static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 0x55;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) 0x55);
                return length;
            }
        };
    }
}
