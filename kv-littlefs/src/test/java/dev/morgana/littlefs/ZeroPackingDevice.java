package dev.morgana.littlefs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A device of any size in little memory: only pieces that are not zero are kept. Erasing gives zeros. */
final class ZeroPackingDevice implements BlockDevice {
    private static final int PIECE = 64;
    private static final byte[] ZEROS = new byte[PIECE];

    private final Geometry geometry;
    private final Map<Long, byte[]> pieces;

    private ZeroPackingDevice(Geometry geometry, Map<Long, byte[]> pieces) {
        this.geometry = geometry;
        this.pieces = pieces;
    }

    /** An erased device; its units are multiples of a piece. */
    ZeroPackingDevice(Geometry geometry) {
        this(geometry, new HashMap<>());
    }

    @Override
    public String name() {
        return "packed";
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        geometry.checkRead(position, target.remaining());
        for (long piece = position / PIECE; target.hasRemaining(); piece++) {
            target.put(pieces.getOrDefault(piece, ZEROS));
        }
    }

    @Override
    public void program(long position, ByteBuffer source) {
        geometry.checkProgram(position, source.remaining());
        byte[] bytes = new byte[PIECE];
        for (long piece = position / PIECE; source.hasRemaining(); piece++) {
            source.get(bytes);
            if (java.util.Arrays.equals(bytes, ZEROS)) {
                pieces.remove(piece);
            } else {
                pieces.put(piece, bytes.clone());
            }
        }
    }

    @Override
    public void erase(long block) {
        geometry.checkErase(block);
        long first = geometry.startOf(block) / PIECE;
        for (long piece = first; piece < first + geometry.blockSize() / PIECE; piece++) {
            pieces.remove(piece);
        }
    }

    @Override
    public void sync() {}

    @Override
    public BlockDevice reshape(Geometry wanted) {
        return wanted.equals(geometry) ? this : new ZeroPackingDevice(wanted, pieces);
    }

    @Override
    public void close() {}
}
