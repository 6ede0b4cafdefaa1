package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.log.Blocks;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Checks the blocks of files: their pointers, and that each is used once. */
final class FileCheck {
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
    FileCheck(Volume volume, Findings findings, BlockClaims claims, boolean deep) {
        this.volume = volume;
        this.blocks = volume.blocks();
        this.layout = volume.ctzLayout();
        this.findings = findings;
        this.claims = claims;
        this.deep = deep;
    }

    /** Checks a file from its head on, as far as its blocks can be found. */
    void check(CtzHead file, Position where, String subject) throws DeviceException {
        long count = layout.blocks(file.size());
        if (count > blocks.count()) {
            findings.error(
                    "file-size",
                    where,
                    "at most " + blocks.count() + " blocks",
                    file.size() + " bytes in " + count + " blocks",
                    subject);
            return;
        }
        if (count > 0 && isBlock(file.head(), where, subject)) {
            new Walk(file, (int) count, subject).run();
        }
    }

    private boolean isBlock(long block, Position where, String subject) {
        if (block >= blocks.count()) {
            findings.error(
                    "bad-block-pointer", where, "a block number below " + blocks.count(), "block " + block, subject);
        }
        return block < blocks.count();
    }

    /** One file, from its last block to its first. */
    private final class Walk {
        private final CtzHead file;
        private final String subject;
        private final int[] numbers;

        Walk(CtzHead file, int count, String subject) {
            this.file = file;
            this.subject = subject;
            this.numbers = new int[count];
        }

        void run() throws DeviceException {
            long block = file.head();
            for (int index = numbers.length - 1; index >= 0; index--) {
                numbers[index] = (int) block;
                claims.claim(block, position(block, 0), subject);
                try {
                    if (deep) {
                        readData(block, index);
                    }
                    if (index > 0) {
                        block = pointer(block, 0);
                    }
                } catch (BadBlockException e) {
                    findings.error("unreadable-block", position(block, 0), "a readable block", "unreadable", subject);
                    return;
                }
                if (!isBlock(block, position(numbers[index], 0), subject)) {
                    return;
                }
            }
            if (deep && volume.dialect() == Dialect.LITTLEFS) {
                checkFurtherPointers();
            }
        }

        private void checkFurtherPointers() throws DeviceException {
            for (int index = 1; index < numbers.length; index++) {
                long block = Integer.toUnsignedLong(numbers[index]);
                for (int pointer = 1; pointer < layout.pointers(index); pointer++) {
                    long expected = Integer.toUnsignedLong(numbers[index - (int) layout.distance(pointer)]);
                    long found = pointer(block, pointer);
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

        private long pointer(long block, int number) throws DeviceException {
            ByteBuffer bytes = ByteBuffer.allocate(CtzLayout.POINTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            blocks.read(block, number * CtzLayout.POINTER_BYTES, bytes);
            return Integer.toUnsignedLong(bytes.getInt(0));
        }

        private void readData(long block, int index) throws DeviceException {
            long start = layout.startOf(index);
            long length = Math.min(file.size(), layout.startOf(index + 1L)) - start;
            int end = layout.pointerBytes(index) + (int) length;
            ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE_BYTES, end));
            for (int at = 0; at < end; at += piece.limit()) {
                piece.clear().limit(Math.min(piece.capacity(), end - at));
                blocks.read(block, at, piece);
            }
        }

        private Position position(long block, int pointer) {
            return blocks.position(block, (long) pointer * CtzLayout.POINTER_BYTES, "block of a file");
        }
    }
}
