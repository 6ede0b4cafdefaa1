package com.example.toy.layout;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The records of a snapshot. */
public final class Records {
    /** The longest key in bytes. */
    public static final int MAX_KEY = 0xff;

    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private Records() {}

    /** No records. */
    public static NavigableMap<byte[], byte[]> none() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /** How many bytes records take. */
    public static long length(NavigableMap<byte[], byte[]> records) {
        long length = 0;
        for (Map.Entry<byte[], byte[]> each : records.entrySet()) {
            length += HEAD_BYTES + each.getKey().length + (long) each.getValue().length;
        }
        return length;
    }

    /**
     * Writes records.
     *
     * @param records of at most 2^31-1 bytes together
     */
    public static byte[] encode(NavigableMap<byte[], byte[]> records) {
        ByteBuffer out = ByteBuffer.allocate((int) length(records)).order(ByteOrder.LITTLE_ENDIAN);
        records.forEach((key, value) ->
                out.put((byte) key.length).putInt(value.length).put(key).put(value));
        return out.array();
    }

    /**
     * Reads records.
     *
     * @return the records, or empty if these bytes are none
     */
    public static Optional<NavigableMap<byte[], byte[]>> decode(byte[] bytes) {
        NavigableMap<byte[], byte[]> records = none();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (in.hasRemaining()) {
                int keyLength = Byte.toUnsignedInt(in.get());
                int valueLength = in.getInt();
                if (valueLength < 0 || valueLength > in.remaining() - keyLength) {
                    return Optional.empty(); // before anything of that length is allocated
                }
                byte[] key = new byte[keyLength];
                byte[] value = new byte[valueLength];
                in.get(key).get(value);
                if (!records.isEmpty() && Arrays.compareUnsigned(records.lastKey(), key) >= 0) {
                    return Optional.empty();
                }
                records.put(key, value);
            }
            return Optional.of(records);
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }
}
