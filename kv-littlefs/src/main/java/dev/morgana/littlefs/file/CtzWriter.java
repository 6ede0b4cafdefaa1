package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.space.Allocator;
import dev.morgana.littlefs.space.Extent;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the blocks of a new version of a file from one position to another (section 12.4). Blocks of an older version are
 * never touched; those before the first new one are shared with it.
 */
final class CtzWriter {
    /** How much of a block is kept in memory at most before it is programmed. */
    private static final int PIECE_BYTES = 64 * 1024;

    private static final byte PADDING = (byte) 0xff;

    private final Allocator allocator;
    private final Blocks blocks;
    private final CtzLayout layout;
    private final SkipPointers pointers;
    private final long firstIndex;

    private @Nullable Extent before;
    /** The index of the present block, or of the next one if none is open. */
    private long index;

    private boolean open;
    private long block;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    /** Where the piece begins in the block. */
    private int pieceOffset;

    private long position;

    /**
     * Begins behind blocks that stay.
     *
     * @param before those blocks, whose user this becomes; null to begin at the beginning of the file
     */
    CtzWriter(Volume volume, Allocator allocator, @Nullable Extent before) {
        this.allocator = allocator;
        this.blocks = volume.blocks();
        this.layout = volume.ctzLayout();
        this.before = before;
        this.firstIndex = before == null ? 0 : before.to();
        this.index = firstIndex;
        this.position = layout.startOf(firstIndex);
        this.pointers = new SkipPointers(blocks, firstIndex, before == null ? 0 : before.last());
    }

    /** Where in the file the next byte goes. */
    long position() {
        return position;
    }

    /**
     * Writes bytes, as many as there is space for: on a failure the position tells how many.
     *
     * @throws dev.morgana.spi.error.NoSpaceException if there is no free block
     * @throws StoreException for this, or if the device fails
     */
    void write(ByteBuffer source) throws StoreException {
        while (source.hasRemaining()) {
            if (!piece.hasRemaining()) {
                nextPiece();
            }
            int count = Math.min(piece.remaining(), source.remaining());
            piece.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            position += count;
        }
    }

    /** Whether there is anything that {@link #finish} would have to keep. */
    boolean isEmpty() {
        return index == firstIndex && !open;
    }

    private void nextPiece() throws StoreException {
        programPiece();
        if (open && pieceOffset == blocks.size()) {
            closeBlock();
        }
        if (open) {
            newPiece();
        } else {
            beginBlock();
        }
    }

    private void newPiece() {
        int unit = blocks.geometry().programSize();
        int largest = Math.max(unit, PIECE_BYTES / unit * unit);
        piece = ByteBuffer.allocate(Math.min(largest, blocks.size() - pieceOffset));
    }

    private void beginBlock() throws StoreException {
        ByteBuffer start = pointers.encode(index, layout.pointers(index));
        block = erasedBlock();
        open = true;
        pieceOffset = 0;
        newPiece();
        piece.put(start);
    }

    /** Everything of the present block is programmed: it is now like the blocks before it. */
    private void closeBlock() {
        before = allocator.extents().extend(before, index, index + 1, block);
        allocator.referenced(block);
        pointers.add(index, block);
        index++;
        open = false;
    }

    private long erasedBlock() throws StoreException {
        while (true) {
            long taken = allocator.allocate();
            if (blocks.erase(taken)) {
                allocator.hold(taken);
                return taken;
            }
            allocator.reject(taken);
        }
    }

    /** Programs what the piece holds, filled up to whole units. */
    private void programPiece() throws StoreException {
        if (piece.position() == 0) {
            return;
        }
        int unit = blocks.geometry().programSize();
        ByteBuffer whole = piece.duplicate();
        while (whole.position() % unit != 0) {
            whole.put(PADDING);
        }
        whole.flip();
        while (!blocks.program(block, pieceOffset, whole)) {
            replaceBlock();
        }
        pieceOffset += whole.limit();
        piece = ByteBuffer.allocate(0);
    }

    /** The block is bad: another one takes what it has already. */
    private void replaceBlock() throws StoreException {
        long bad = block;
        long taken = erasedBlock();
        while (!copyBlock(bad, taken)) {
            allocator.reject(taken);
            taken = erasedBlock();
        }
        block = taken;
        allocator.reject(bad);
    }

    private boolean copyBlock(long from, long to) throws StoreException {
        int unit = blocks.geometry().programSize();
        int largest = Math.max(unit, PIECE_BYTES / unit * unit);
        for (int at = 0; at < pieceOffset; at += largest) {
            ByteBuffer copy = ByteBuffer.allocate(Math.min(largest, pieceOffset - at));
            blocks.read(from, at, copy);
            if (!blocks.program(to, at, copy.flip())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Programs what is left, and answers all blocks of the version up to {@link #position()}, with one user: the caller.
     *
     * @throws StoreException if the device fails or there is no block in place of a bad one
     */
    Extent finish() throws StoreException {
        assert !isEmpty();
        programPiece();
        if (open) {
            closeBlock();
        }
        Extent all = Objects.requireNonNull(before);
        before = null;
        return all;
    }

    /** Gives up what was written. */
    void discard() {
        if (open) {
            allocator.free(block);
        }
        allocator.extents().release(before);
        before = null;
        open = false;
    }
}
