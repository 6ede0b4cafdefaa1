package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a store: one root for what must stay the same as long as the store does (names, sums of versions), and the data
 * keys by generation. There is one generation, and a second one while values are being rewritten.
 *
 * <pre>
 *   0       32      33           37
 *   +-------+-------+------------+------------+--
 *   | root  | count | generation | data key   | ...   count times, ascending
 *   +-------+-------+------------+------------+--
 * </pre>
 *
 * @param root 32 bytes
 * @param generations data keys of 32 bytes by generation; the highest is the one that values are written under
 */
public record KeyRing(byte[] root, SortedMap<Integer, byte[]> generations) {
    /** Length of each key in bytes. */
    public static final int KEY_LENGTH = 32;

    private static final int ENTRY = Integer.BYTES + KEY_LENGTH;
    private static final int MOST_GENERATIONS = 255;

    public KeyRing {
        generations = Collections.unmodifiableSortedMap(new TreeMap<>(generations));
        if (generations.isEmpty() || generations.size() > MOST_GENERATIONS) {
            throw new IllegalArgumentException(generations.size() + " generations of keys");
        }
    }

    /** The generation that values are written under. */
    public int current() {
        return generations.lastKey();
    }

    /** The data key of a generation, if the ring has it. */
    public Optional<byte[]> dataKey(int generation) {
        return Optional.ofNullable(generations.get(generation));
    }

    /** The ring with a new generation, which becomes the current one. */
    public KeyRing plus(byte[] dataKey) {
        TreeMap<Integer, byte[]> more = new TreeMap<>(generations);
        more.put(Math.addExact(current(), 1), dataKey);
        return new KeyRing(root, more);
    }

    /** The ring with the current generation alone. */
    public KeyRing newest() {
        return new KeyRing(root, generations.tailMap(current()));
    }

    /** The bytes of the ring, which are secret. */
    public byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(KEY_LENGTH + 1 + ENTRY * generations.size());
        buffer.put(root).put((byte) generations.size());
        generations.forEach((generation, key) -> buffer.putInt(generation).put(key));
        return buffer.array();
    }

    /** Reads a ring; empty if it is none. */
    public static Optional<KeyRing> decode(byte[] bytes) {
        int count = bytes.length > KEY_LENGTH ? Byte.toUnsignedInt(bytes[KEY_LENGTH]) : 0;
        if (count == 0 || bytes.length != KEY_LENGTH + 1 + ENTRY * count) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] root = key(buffer);
        buffer.get();
        TreeMap<Integer, byte[]> generations = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int generation = buffer.getInt();
            generations.put(generation, key(buffer));
        }
        return generations.size() == count ? Optional.of(new KeyRing(root, generations)) : Optional.empty();
    }

    private static byte[] key(ByteBuffer buffer) {
        byte[] key = new byte[KEY_LENGTH];
        buffer.get(key);
        return key;
    }
}
