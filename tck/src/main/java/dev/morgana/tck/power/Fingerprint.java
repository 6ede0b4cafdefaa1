package dev.morgana.tck.power;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Sixty-four bits that stand for a block's content at its place. Those of an image are the sum over its blocks, so an image
 * that differs in a few blocks is known without being built.
 */
final class Fingerprint {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio

    private Fingerprint() {}

    static long of(int block, byte[] content) {
        long hash = mixed(block + 1L);
        int i = 0;
        for (; i + Long.BYTES <= content.length; i += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(content, i));
        }
        for (; i < content.length; i++) {
            hash = mixed(hash ^ content[i]);
        }
        return hash;
    }

    /** Spreads every bit over all of them. */
    private static long mixed(long value) {
        long product = value * ODD;
        return (product ^ (product >>> 32)) * ODD;
    }
}
