package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a store: one for hidden names, which stays the same as long as the store does, one for the version index, and the
 * data keys. Each header that is written begins a new epoch, and each value bears the epoch that it was sealed in; a data key is
 * that of all epochs from one on until another begins. There is one data key, and an older one while values are being rewritten.
 *
 * <pre>
 *   0          32          64      68          69      70            74
 *   +----------+-----------+-------+-----------+-------+-------------+----------+--    --+------------------+
 *   | name key | index key | epoch | rewriting | count | first epoch | data key |  ...   | sum of versions  |
 *   +----------+-----------+-------+-----------+-------+-------------+----------+--    --+------------------+
 *                                    0 or 1              count times, ascending            while rewriting
 * </pre>
 *
 * @param nameKey 32 bytes
 * @param indexKey 32 bytes
 * @param epoch the current one; no value has a later one
 * @param dataKeys data keys of 32 bytes by their first epoch; the last is the one that values are written under
 * @param rewriting while values are being rewritten, what the sum of versions was when that began; see {@link VersionSum}
 */
public record KeyRing(
        byte[] nameKey,
        byte[] indexKey,
        int epoch,
        SortedMap<Integer, byte[]> dataKeys,
        Optional<VersionSum> rewriting) {
    /** Length of each key in bytes. */
    public static final int KEY_LENGTH = 32;

    private static final int FIXED = 2 * KEY_LENGTH + Integer.BYTES + 1 + 1;
    private static final int ENTRY = Integer.BYTES + KEY_LENGTH;
    private static final int MOST_KEYS = 255;

    public KeyRing {
        dataKeys = Collections.unmodifiableSortedMap(new TreeMap<>(dataKeys));
        if (dataKeys.isEmpty() || dataKeys.size() > MOST_KEYS || dataKeys.lastKey() > epoch) {
            throw new IllegalArgumentException(dataKeys.size() + " data keys in epoch " + epoch);
        }
    }

    /** The ring of a new store. */
    public static KeyRing first(byte[] nameKey, byte[] indexKey, byte[] dataKey) {
        return new KeyRing(nameKey, indexKey, 1, new TreeMap<>(Collections.singletonMap(1, dataKey)), Optional.empty());
    }

    /** The data key of an epoch, if the ring has it. */
    public Optional<byte[]> dataKey(int ofEpoch) {
        return ofEpoch > epoch
                ? Optional.empty()
                : dataKeys.entrySet().stream()
                        .filter(entry -> entry.getKey() <= ofEpoch)
                        .reduce((earlier, later) -> later)
                        .map(Map.Entry::getValue);
    }

    /** Whether the values of an epoch are under the newest data key. */
    public boolean isNewest(int ofEpoch) {
        return ofEpoch >= dataKeys.lastKey();
    }

    /** The same keys in the next epoch. */
    public KeyRing next() {
        return new KeyRing(nameKey, indexKey, Math.addExact(epoch, 1), dataKeys, rewriting);
    }

    /** In the next epoch, with a new data key and a new key of the version index, for values to be rewritten under. */
    public KeyRing rewriting(byte[] newDataKey, byte[] newIndexKey, VersionSum sum) {
        int nextEpoch = Math.addExact(epoch, 1);
        TreeMap<Integer, byte[]> more = new TreeMap<>(dataKeys);
        more.put(nextEpoch, newDataKey);
        return new KeyRing(nameKey, newIndexKey, nextEpoch, more, Optional.of(sum));
    }

    /** In the next epoch, with the newest data key alone. */
    public KeyRing rewritten() {
        return new KeyRing(
                nameKey, indexKey, Math.addExact(epoch, 1), dataKeys.tailMap(dataKeys.lastKey()), Optional.empty());
    }

    /** Overwrites the keys in memory; the ring is of no use after that. */
    public void wipe() {
        Arrays.fill(nameKey, (byte) 0);
        Arrays.fill(indexKey, (byte) 0);
        dataKeys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    }

    /** The bytes of the ring, which are secret. */
    public byte[] encode() {
        ByteBuffer buffer =
                ByteBuffer.allocate(FIXED + ENTRY * dataKeys.size() + (rewriting.isPresent() ? VersionSum.LENGTH : 0));
        buffer.put(nameKey).put(indexKey).putInt(epoch);
        buffer.put((byte) (rewriting.isPresent() ? 1 : 0)).put((byte) dataKeys.size());
        dataKeys.forEach((first, key) -> buffer.putInt(first).put(key));
        rewriting.ifPresent(sum -> buffer.put(sum.encode()));
        return buffer.array();
    }

    /** Reads a ring; empty if it is none. */
    public static Optional<KeyRing> decode(byte[] bytes) {
        if (bytes.length < FIXED) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] nameKey = key(buffer);
        byte[] indexKey = key(buffer);
        int epoch = buffer.getInt();
        int rewriting = buffer.get();
        int count = Byte.toUnsignedInt(buffer.get());
        if (rewriting < 0
                || rewriting > 1
                || count == 0
                || buffer.remaining() != ENTRY * count + VersionSum.LENGTH * rewriting) {
            return Optional.empty();
        }
        TreeMap<Integer, byte[]> dataKeys = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int first = buffer.getInt();
            dataKeys.put(first, key(buffer));
        }
        if (dataKeys.size() != count || dataKeys.firstKey() < 1 || dataKeys.lastKey() > epoch) {
            return Optional.empty();
        }
        Optional<VersionSum> sum =
                rewriting == 0 ? Optional.empty() : Optional.of(VersionSum.decode(bytes, buffer.position()));
        return Optional.of(new KeyRing(nameKey, indexKey, epoch, dataKeys, sum));
    }

    private static byte[] key(ByteBuffer buffer) {
        byte[] key = new byte[KEY_LENGTH];
        buffer.get(key);
        return key;
    }
}
