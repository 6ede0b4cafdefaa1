package dev.morgana.embedkv.layout;

import java.util.Optional;

/**
 * Block 0 after the power was lost while the {@link Epoch} in it was raised by one: each byte is that of the header before or
 * of the header after. Nothing else ever rewrites block 0, so a header of this kind is as good as a whole one.
 */
public final class TornEpoch {
    /** Bytes of the number may be torn too; a carry changes more than the lowest one. */
    private static final long REACH = 256;

    private TornEpoch() {}

    /** The header as it was to become; empty if the block is no such thing. */
    public static Optional<StorageHeader> restore(byte[] block) {
        if (block.length < Epoch.LEAST_BLOCK_SIZE || !StorageHeader.isAnnounced(block)) {
            return Optional.empty();
        }
        long found = Epoch.rawNumber(BlockBytes.of(block));
        for (long epoch = Math.max(Epoch.NONE, found - REACH); epoch <= found + REACH; epoch++) {
            byte[] after = with(block, epoch + 1);
            if (isMixed(block, with(block, epoch), after)) {
                return StorageHeader.decode(after).asOptional();
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
