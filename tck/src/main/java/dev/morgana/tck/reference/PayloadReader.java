package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Payload fields one after the other, little-endian. No length is believed before that many bytes are there. */
final class PayloadReader {
    private final ByteBuffer payload;
    private final Position at;

    PayloadReader(ByteBuffer payload, Position at) {
        this.payload = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.at = at;
    }

    boolean hasRemaining() {
        return payload.hasRemaining();
    }

    int u8(String field) throws CorruptStoreException {
        need(Byte.BYTES, field);
        return Byte.toUnsignedInt(payload.get());
    }

    int u16(String field) throws CorruptStoreException {
        need(Short.BYTES, field);
        return Short.toUnsignedInt(payload.getShort());
    }

    long u32(String field) throws CorruptStoreException {
        need(Integer.BYTES, field);
        return Integer.toUnsignedLong(payload.getInt());
    }

    long i64(String field) throws CorruptStoreException {
        need(Long.BYTES, field);
        return payload.getLong();
    }

    byte[] bytes8(String field) throws CorruptStoreException {
        return bytes(u8(field), field);
    }

    byte[] bytes16(String field) throws CorruptStoreException {
        return bytes(u16(field), field);
    }

    private byte[] bytes(int length, String field) throws CorruptStoreException {
        need(length, field);
        byte[] bytes = new byte[length];
        payload.get(bytes);
        return bytes;
    }

    private void need(int length, String field) throws CorruptStoreException {
        if (payload.remaining() < length) {
            throw corrupt(field, length + " bytes", payload.remaining() + " bytes");
        }
    }

    /** The defect of a field that ends where the reader is. */
    CorruptStoreException corrupt(String field, String expected, String found) {
        Position place = new Position(at.device(), at.block(), at.offset() + payload.position(), field);
        return new CorruptStoreException(place, expected, found);
    }
}
