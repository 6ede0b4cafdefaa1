package dev.morgana.embedkv.layout;

/**
 * Why bytes are not the structure that they should be.
 *
 * @param offset in bytes from the start of the block
 * @param expected what the format demands
 * @param found what is there
 * @param kind what is wrong
 */
public record Defect(int offset, String expected, String found, Kind kind) {
    /** What is wrong, as far as somebody acts on it. */
    public enum Kind {
        /** The first byte is that of another structure. */
        TYPE,
        /** The checksum. */
        CHECKSUM,
        /** A field that the checksum covers. */
        FIELD
    }

    static Defect type(byte[] block, BlockType wanted) {
        return new Defect(0, "block type " + wanted.code(), Integer.toString(Byte.toUnsignedInt(block[0])), Kind.TYPE);
    }

    static Defect field(int offset, String expected, long found) {
        return new Defect(offset, expected, Long.toString(found), Kind.FIELD);
    }
}
