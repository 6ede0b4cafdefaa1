package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The records of a flat store, see the package description. */
final class FlatCodec implements Codec<NavigableMap<byte[], byte[]>> {
    /** The longest key in bytes; its length is one byte. */
    static final int MAX_KEY_BYTES = 0xff;

    /** The largest value in bytes; its length is two bytes. */
    static final int MAX_VALUE_BYTES = 0xffff;

    @Override
    public byte[] encode(NavigableMap<byte[], byte[]> records) {
        PayloadWriter payload = new PayloadWriter();
        records.forEach((key, value) -> payload.bytes8(key).bytes16(value));
        return payload.toByteArray();
    }

    @Override
    public NavigableMap<byte[], byte[]> decode(ByteBuffer bytes, Position at) throws CorruptStoreException {
        NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
        PayloadReader payload = new PayloadReader(bytes, at);
        while (payload.hasRemaining()) {
            byte[] key = payload.bytes8("record key");
            if (!records.isEmpty() && Arrays.compareUnsigned(records.lastKey(), key) >= 0) {
                throw payload.corrupt("record", "ascending keys", "a key not above the one before");
            }
            records.put(key, payload.bytes16("record value"));
        }
        return Collections.unmodifiableNavigableMap(records);
    }
}
