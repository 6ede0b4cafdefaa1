package dev.morgana.embedkv.layout;

import java.util.Optional;

/**
 * Block 0 after the power was lost while the {@link Epoch} in it was raised by one: each byte is that of the header before or
 * of the header after. Nothing else ever rewrites block 0, so a header of this kind is as good as a whole one.
 */
public final class TornEpoch {
    private TornEpoch() {}

    /**
     * The header as it was; empty if the block is no such thing. Not as it was to become: a flipped bit in the number looks
     * like this too, and would make the damaged replica newer than all others. What an epoch tells apart is acknowledged only
     * after it is durable, so that the lower one is right in both cases.
     */
    public static Optional<StorageHeader> restore(byte[] block) {
        if (block.length < Epoch.LEAST_BLOCK_SIZE || !StorageHeader.isAnnounced(block)) {
            return Optional.empty();
        }
        long found = Epoch.rawNumber(BlockBytes.of(block));
        for (int carried = 0; carried < Integer.BYTES; carried++) {
            // Raising turns so many low bytes from ff to 00, and adds one to the byte above, which may have been done
            // or not.
            long step = 1L << (carried * Byte.SIZE);
            long done = found | (step - 1);
            for (long epoch : new long[] {done, done - step}) {
                if (epoch >= Epoch.NONE && isMixed(block, with(block, epoch), with(block, epoch + 1))) {
                    return StorageHeader.decode(with(block, epoch)).asOptional();
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] with(byte[] block, long epoch) {
        byte[] changed = block.clone();
        Epoch.overwrite(BlockBytes.of(changed), epoch);
        BlockChecksum.seal(changed);
        return changed;
    }

    private static boolean isMixed(byte[] block, byte[] before, byte[] after) {
        for (int i = 0; i < block.length; i++) {
            if (block[i] != before[i] && block[i] != after[i]) {
                return false;
            }
        }
        return true;
    }
}
