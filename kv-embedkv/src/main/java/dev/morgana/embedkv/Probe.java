package dev.morgana.embedkv;

import dev.morgana.embedkv.layout.OlderLayout;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.DeviceShape;
import dev.morgana.embedkv.store.Descriptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Recognises embedkv on devices by the header of the surest. */
final class Probe {
    private Probe() {}

    static Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        Optional<Identification> best = Optional.empty();
        for (BlockDevice device : devices) {
            Optional<Identification> found = probe(device);
            if (found.isPresent()
                    && (best.isEmpty()
                            || found.get().confidence().compareTo(best.get().confidence()) > 0)) {
                best = found;
            }
        }
        return best;
    }

    private static Optional<Identification> probe(BlockDevice device) throws StoreException {
        OptionalInt size = DeviceShape.announcedBlockSize(device);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        Blocks all = DeviceShape.blocks(device, size.getAsInt(), 0, (byte) 0);
        byte[] block = all.read(0);
        Optional<StorageHeader> header = StorageHeader.decode(block).asOptional();
        if (header.isEmpty()) {
            String evidence = OlderLayout.isHeader(block)
                    ? "header of the older layout, which cannot be opened"
                    : "magic in block 0, with a wrong checksum";
            return Optional.of(identification("", Confidence.POSSIBLE, all, size.getAsInt(), evidence));
        }
        boolean whole = header.get().blockCount() <= all.count();
        return Optional.of(identification(
                header.get().version(),
                whole ? Confidence.CERTAIN : Confidence.LIKELY,
                all,
                size.getAsInt(),
                "header in block 0, with the right checksum" + (whole ? "" : "; the device is shorter")));
    }

    private static Identification identification(
            String version, Confidence confidence, Blocks blocks, int size, String evidence) {
        return new Identification(
                Descriptions.FORMAT,
                version,
                confidence,
                blocks.device().geometry(),
                Options.none().with(EmbedKvOptions.BLOCK_SIZE, (long) size),
                List.of(evidence),
                List.of());
    }
}
