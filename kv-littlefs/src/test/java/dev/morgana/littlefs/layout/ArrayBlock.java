package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A block in memory, written as hex, the rest of it as if erased. */
public final class ArrayBlock implements BlockBytes {
    private final byte[] bytes;

    private ArrayBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A block of a size, filled with a byte, that begins with the given hex; spaces and line breaks do not count. */
    public static ArrayBlock of(int size, int erased, String hex) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) erased);
        byte[] start = bytes(hex);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return new ArrayBlock(bytes);
    }

    /** The bytes that hex stands for. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** This block with other bytes at an offset. */
    public ArrayBlock with(int offset, String hex) {
        byte[] changed = bytes.clone();
        byte[] piece = bytes(hex);
        System.arraycopy(piece, 0, changed, offset, piece.length);
        return new ArrayBlock(changed);
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public ByteBuffer read(int offset, int length) {
        return ByteBuffer.wrap(bytes, offset, length);
    }
}
