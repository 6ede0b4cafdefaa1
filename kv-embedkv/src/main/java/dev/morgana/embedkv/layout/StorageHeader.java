package dev.morgana.embedkv.layout;

import java.nio.ByteBuffer;

/**
 * Block 0 (section 2). Version, replica, sequence, flags and padding are not checked, as the reference implementations do not.
 *
 * @param versionMajor 1
 * @param versionMinor 0
 * @param blockSize in bytes
 * @param blockCount of this device, this block included
 * @param replicaId a number for people, 0 to 2^32-1
 * @param formatSeq a number for people, 0 to 2^32-1
 * @param flags 0
 * @param epoch see {@link Epoch}; 0 if it was never raised
 */
public record StorageHeader(
        int versionMajor,
        int versionMinor,
        long blockSize,
        long blockCount,
        long replicaId,
        long formatSeq,
        long flags,
        long epoch) {
    /** The version that is written, and the only one there is. */
    public static final int VERSION_MAJOR = 1;

    static final int BYTES = 28;

    private static final int MAGIC = 1;
    private static final byte[] MAGIC_BYTES = {'E', 'K', 'V'};
    private static final int MAJOR = 4;
    private static final int MINOR = 6;
    private static final int BLOCK_SIZE = 8;
    private static final int BLOCK_COUNT = 12;
    private static final int REPLICA_ID = 16;
    private static final int FORMAT_SEQ = 20;
    private static final int FLAGS = 24;

    /** The bytes at the start of block 0 that tell the block size, whatever that is. */
    public static final int PREFIX_BYTES = BLOCK_SIZE + Integer.BYTES;

    /** A header as the reference implementations format it. */
    public static StorageHeader of(int blockSize, long blockCount, long replicaId, long formatSeq) {
        return new StorageHeader(VERSION_MAJOR, 0, blockSize, blockCount, replicaId, formatSeq, 0, Epoch.NONE);
    }

    /** Decodes block 0, as long as it is one of any device (section 12, up to the magic). */
    public static Decoded<StorageHeader> decode(byte[] block) {
        if (!BlockType.HEADER.isOf(block)) {
            return new Decoded.Wrong<>(Defect.type(block, BlockType.HEADER));
        }
        if (!BlockChecksum.isRight(block)) {
            return new Decoded.Wrong<>(BlockChecksum.defect(block));
        }
        if (!hasMagic(block)) {
            return new Decoded.Wrong<>(new Defect(MAGIC, "\"EKV\"", "other bytes", Defect.Kind.FIELD));
        }
        return new Decoded.Right<>(fields(BlockBytes.of(block)));
    }

    private static StorageHeader fields(ByteBuffer block) {
        return new StorageHeader(
                BlockBytes.u16(block, MAJOR),
                BlockBytes.u16(block, MINOR),
                BlockBytes.u32(block, BLOCK_SIZE),
                BlockBytes.u32(block, BLOCK_COUNT),
                BlockBytes.u32(block, REPLICA_ID),
                BlockBytes.u32(block, FORMAT_SEQ),
                BlockBytes.u32(block, FLAGS),
                Epoch.read(block));
    }

    /** Tells whether type and magic are there, for which {@link #PREFIX_BYTES} are enough. */
    public static boolean isAnnounced(byte[] prefix) {
        return BlockType.HEADER.isOf(prefix) && hasMagic(prefix);
    }

    /** The block size that the first {@link #PREFIX_BYTES} tell, unchecked. */
    public static long announcedBlockSize(byte[] prefix) {
        return BlockBytes.u32(BlockBytes.of(prefix), BLOCK_SIZE);
    }

    private static boolean hasMagic(byte[] block) {
        for (int i = 0; i < MAGIC_BYTES.length; i++) {
            if (block[MAGIC + i] != MAGIC_BYTES[i]) {
                return false;
            }
        }
        return true;
    }

    /** The block. */
    public byte[] encode() {
        byte[] bytes = new byte[Math.toIntExact(blockSize)];
        ByteBuffer block = BlockBytes.of(bytes);
        block.put(0, (byte) BlockType.HEADER.code());
        block.put(MAGIC, MAGIC_BYTES);
        block.putShort(MAJOR, (short) versionMajor).putShort(MINOR, (short) versionMinor);
        block.putInt(BLOCK_SIZE, (int) blockSize).putInt(BLOCK_COUNT, (int) blockCount);
        block.putInt(REPLICA_ID, (int) replicaId).putInt(FORMAT_SEQ, (int) formatSeq);
        block.putInt(FLAGS, (int) flags);
        Epoch.write(block, epoch);
        BlockChecksum.seal(bytes);
        return bytes;
    }

    /** Tells whether the block has room for an epoch. */
    public boolean canHaveEpoch() {
        return blockSize >= Epoch.LEAST_BLOCK_SIZE;
    }

    /** This header with another epoch. */
    public StorageHeader withEpoch(long value) {
        return new StorageHeader(versionMajor, versionMinor, blockSize, blockCount, replicaId, formatSeq, flags, value);
    }

    /** This header for another replica. */
    public StorageHeader withReplicaId(long value) {
        return new StorageHeader(versionMajor, versionMinor, blockSize, blockCount, value, formatSeq, flags, epoch);
    }

    /** The version in digits. */
    public String version() {
        return versionMajor + "." + versionMinor;
    }
}
