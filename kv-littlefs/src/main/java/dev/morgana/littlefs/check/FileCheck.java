package dev.morgana.littlefs.check;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/** Checks the blocks of files: their pointers, and that each is used once. */
public final class FileCheck {
    /** What positions in blocks of files are called. */
    public static final String STRUCTURE = "block of a file";

    private static final int PIECE_BYTES = 64 * 1024;

    private final Volume volume;
    private final Blocks blocks;
    private final CtzLayout layout;
    private final Findings findings;
    private final BlockClaims claims;
    private final boolean deep;

    /**
     * A check of files.
     *
     * @param deep whether to look at every pointer and read every byte, not only at the pointers needed to find the blocks
     */
    public FileCheck(Volume volume, Findings findings, BlockClaims claims, boolean deep) {
        this.volume = volume;
        this.blocks = volume.blocks();
        this.layout = volume.ctzLayout();
        this.findings = findings;
        this.claims = claims;
        this.deep = deep;
    }

    /** Checks a file from its head on, as far as its blocks can be found. */
    public void check(CtzHead file, Position where, String subject) throws StoreException {
        try {
            new Walk(file, where, subject).run();
        } catch (CorruptStoreException e) {
            findings.error("bad-block-pointer", where, e, subject);
        }
    }

    /** One file, from its last block to its first. */
    private final class Walk {
        private final CtzHead file;
        private final String subject;
        private final FileBlocks walk;
        private final int[] numbers;

        Walk(CtzHead file, Position where, String subject) throws CorruptStoreException {
            this.file = file;
            this.subject = subject;
            this.walk = new FileBlocks(blocks, layout, file, where);
            this.numbers = new int[(int) layout.blocks(file.size())];
        }

        void run() throws StoreException {
            boolean readable = true;
            while (readable && previous()) {
                numbers[(int) walk.index()] = (int) walk.block();
                claims.claim(walk.block(), position(walk.block(), 0), subject);
                readable = !deep || isReadable(walk.block(), walk.index());
            }
            if (readable && walk.index() == 0 && deep && volume.dialect() == Dialect.LITTLEFS) {
                checkPointers();
            }
        }

        private boolean previous() throws StoreException {
            try {
                return walk.previous();
            } catch (BadBlockException e) {
                reportUnreadable(walk.block());
                return false;
            }
        }

        private boolean isReadable(long block, long index) throws DeviceException {
            try {
                readData(block, index);
                return true;
            } catch (BadBlockException e) {
                reportUnreadable(block);
                return false;
            }
        }

        private void reportUnreadable(long block) {
            findings.error("unreadable-block", position(block, 0), "a readable block", "unreadable", subject);
        }

        /** The walk skips every other block, so that it needs few pointers; here is each of them. */
        private void checkPointers() throws DeviceException {
            for (int index = 1; index < numbers.length; index++) {
                long block = Integer.toUnsignedLong(numbers[index]);
                for (int pointer = 0; pointer < layout.pointers(index); pointer++) {
                    long expected = Integer.toUnsignedLong(numbers[index - (int) layout.distance(pointer)]);
                    long found = FileBlocks.pointer(blocks, block, pointer);
                    if (found != expected) {
                        findings.error(
                                "bad-block-pointer",
                                position(block, pointer),
                                "block " + expected,
                                "block " + found,
                                subject);
                    }
                }
            }
        }

        private void readData(long block, long index) throws DeviceException {
            long start = layout.startOf(index);
            long length = Math.min(file.size(), layout.startOf(index + 1)) - start;
            int end = layout.pointerBytes(index) + (int) length;
            ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE_BYTES, end));
            for (int at = 0; at < end; at += piece.limit()) {
                piece.clear().limit(Math.min(piece.capacity(), end - at));
                blocks.read(block, at, piece);
            }
        }

        private Position position(long block, int pointer) {
            return blocks.position(block, (long) pointer * CtzLayout.POINTER_BYTES, STRUCTURE);
        }
    }
}
