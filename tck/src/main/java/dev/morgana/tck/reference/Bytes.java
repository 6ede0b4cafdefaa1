package dev.morgana.tck.reference;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What both stores do with the bytes of a value. */
final class Bytes {
    private Bytes() {}

    /** Reads a stream to its end, or one byte further than a value can have. */
    static byte[] of(InputStream stream, int limit, String what) throws StoreException {
        byte[] bytes = new CallerStream("value of " + what, stream).readNBytes(limit + 1);
        checkSize(bytes.length, limit, what);
        return bytes;
    }

    static void checkSize(long size, int limit, String what) throws LimitExceededException {
        if (size > limit) {
            throw new LimitExceededException("value (bytes)", limit, size, what);
        }
    }

    /** Copies a part of a value, from the offset to the end of the value or the target. */
    static int copy(byte[] value, long offset, ByteBuffer target) {
        ArgumentChecks.requireOffset(offset);
        if (offset >= value.length) {
            return 0;
        }
        int count = Math.min(target.remaining(), value.length - (int) offset);
        target.put(value, (int) offset, count);
        return count;
    }

    static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
