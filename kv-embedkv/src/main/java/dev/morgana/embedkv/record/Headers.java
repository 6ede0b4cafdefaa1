package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockChecksum;
import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Decoded;
import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.layout.OlderLayout;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.layout.TornEpoch;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import java.util.Optional;

/** Block 0 of replicas: read and written. */
final class Headers {
    private static final String STRUCTURE = "storage header";

    private Headers() {}

    /** Reads and checks block 0, whatever device it is of (section 12, up to the magic). */
    static StorageHeader read(Blocks blocks) throws StoreException {
        if (blocks.size() < BlockSize.LEAST_OPENED) {
            throw PeerError.INVALID_BLOCK_SIZE.on(corrupt(
                    blocks, "block size of at least " + BlockSize.LEAST_OPENED, Integer.toString(blocks.size())));
        }
        if (blocks.count() < 1) {
            throw PeerError.INVALID_HEADER.on(corrupt(blocks, "block 0", "a device of no blocks"));
        }
        byte[] block = blocks.read(0);
        Decoded<StorageHeader> decoded = StorageHeader.decode(block);
        if (decoded instanceof Decoded.Wrong<StorageHeader> wrong) {
            if (OlderLayout.isHeader(block)) {
                throw PeerError.CRC_MISMATCH.on(
                        new UnsupportedFormatException("older embedkv layout", "embedkv 1.0 as of crate 0.0.1"));
            }
            PeerError error =
                    wrong.defect().kind() == Defect.Kind.CHECKSUM ? PeerError.CRC_MISMATCH : PeerError.INVALID_HEADER;
            throw error.on(blocks.corrupt(0, STRUCTURE, wrong.defect()));
        }
        return decoded.asOptional().orElseThrow();
    }

    /** The header that was being rewritten when the power was lost, if block 0 is the like of that. */
    static Optional<StorageHeader> readTorn(Blocks blocks) throws DeviceException {
        byte[] block = blocks.read(0);
        return BlockChecksum.isRight(block) ? Optional.empty() : TornEpoch.restore(block);
    }

    /** Refuses a header of another device than its own (section 12, from the magic on). */
    static void expectGeometry(Blocks blocks, StorageHeader header) throws CorruptStoreException {
        if (header.blockSize() != blocks.size() || header.blockCount() != blocks.count()) {
            throw PeerError.INVALID_HEADER.on(corrupt(
                    blocks,
                    blocks.count() + " blocks of " + blocks.size() + " bytes",
                    header.blockCount() + " blocks of " + header.blockSize() + " bytes"));
        }
    }

    /** The error of a replica that is not of the size of the others. */
    static CorruptStoreException mismatch(Blocks blocks, Blocks first) {
        return PeerError.REPLICA_MISMATCH.on(corrupt(
                blocks,
                first.count() + " blocks of " + first.size() + " bytes as in the first replica",
                blocks.count() + " blocks of " + blocks.size() + " bytes"));
    }

    private static CorruptStoreException corrupt(Blocks blocks, String expected, String found) {
        return new CorruptStoreException(blocks.at(0, 0, STRUCTURE), expected, found);
    }
}
