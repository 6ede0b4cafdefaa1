package dev.morgana.lsm.layout;

import java.util.Optional;

/**
 * The header of a record (section 9): lengths and the deletion, packed into as few bytes as the limits allow.
 *
 * @param keyLength in bytes
 * @param valueLength in bytes
 * @param tombstone whether the record deletes the key
 */
public record RecordHeader(int keyLength, int valueLength, boolean tombstone) {
    /** Decodes {@link Shape#recordHeaderBytes()} bytes; the bits above are ignored. */
    public static RecordHeader decode(Shape shape, byte[] bytes) {
        long bits = 0;
        for (int i = shape.recordHeaderBytes() - 1; i >= 0; i--) {
            bits = bits << 8 | Byte.toUnsignedLong(bytes[i]);
        }
        int keyBits = shape.keyBits();
        int valueBits = shape.valueBits();
        return new RecordHeader(
                (int) (bits & mask(keyBits)),
                (int) (bits >> keyBits & mask(valueBits)),
                (bits >> (keyBits + valueBits) & 1) != 0);
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }

    /** Encodes this header. */
    public byte[] encode(Shape shape) {
        long bits = keyLength | (long) valueLength << shape.keyBits();
        if (tombstone) {
            bits |= 1L << (shape.keyBits() + shape.valueBits());
        }
        byte[] bytes = new byte[shape.recordHeaderBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >> (8 * i));
        }
        return bytes;
    }

    /** The bytes of the whole record. */
    public long recordBytes(Shape shape) {
        return (long) shape.recordHeaderBytes() + keyLength + valueLength;
    }

    /** What the format does not allow: what is expected instead. */
    public Optional<String> fault(Shape shape) {
        if (keyLength > shape.maxKeySize()) {
            return Optional.of("a key of at most " + shape.maxKeySize() + " bytes");
        }
        if (valueLength > shape.maxValueSize()) {
            return Optional.of("a value of at most " + shape.maxValueSize() + " bytes");
        }
        return tombstone && valueLength > 0 ? Optional.of("a deletion without a value") : Optional.empty();
    }

    @Override
    public String toString() {
        return "key of " + keyLength + " bytes, " + (tombstone ? "deletion, " : "") + "value of " + valueLength
                + " bytes";
    }
}
