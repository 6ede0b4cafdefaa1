package dev.morgana.pwkvs;

import dev.morgana.pwkvs.layout.ChecksumAlgorithm;
import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.FormatMark;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises pw_kvs by entries with right checksums, since there is no superblock, and infers what it must be opened with
 * (pw_kvs page, section 24, item 18).
 */
final class Probe {
    private static final int BYTES_MAX = 1 << 20;
    private static final int SECTOR_MAX = 32768;
    private static final int SECTOR_MIN = 128;
    private static final int ENOUGH = 3;

    private final byte[] bytes;
    private final Map<EntryFormat, Integer> entries = new LinkedHashMap<>();
    private int starts;
    private int alignment = EntryHeader.BYTES;

    private Probe(byte[] bytes) {
        this.bytes = bytes;
        search();
    }

    /** The user's options, and what the content tells where they say nothing. */
    static Options completed(BlockDevice device, Options options) throws StoreException {
        if (options.has(PwKvsOptions.FORMATS) && options.has(PwKvsOptions.SECTOR_SIZE)) {
            return options;
        }
        Options found = probe(device).map(Identification::options).orElse(Options.none());
        return options.orElse(found);
    }

    /**
     * The same for a store that is to be written. Sectors of a wrong size would be erased in the wrong places, so their size
     * is taken from the device only where the content agrees with it.
     */
    static Options completedForWriting(BlockDevice device, Options options) throws StoreException {
        Options known = completed(device, options);
        long own = device.geometry().blockSize();
        long size = known.optional(PwKvsOptions.SECTOR_SIZE).orElse(own);
        if (!options.has(PwKvsOptions.SECTOR_SIZE) && size != own) {
            throw new InvalidOptionException(
                    PwKvsOptions.SECTOR_SIZE.name(),
                    "is needed for writing: the content looks like sectors of " + size
                            + " bytes, the device has blocks of " + own);
        }
        return known;
    }

    static Optional<Identification> probe(BlockDevice device) throws StoreException {
        Geometry own = device.geometry();
        int unit = own.readSize();
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(own.sizeBytes(), BYTES_MAX) / unit * unit);
        device.read(0, start);
        Probe probe = new Probe(start.array());
        if (probe.entries.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(probe.identification(own));
    }

    /** Follows entries from one to the next; in between looks at every place where one may be. */
    private void search() {
        boolean follows = false;
        for (int offset = 0; offset + EntryHeader.BYTES <= bytes.length; ) {
            EntryHeader header = EntryHeader.decode(bytes, offset);
            Optional<EntryFormat> format = format(header, offset);
            if (format.isEmpty()) {
                follows = false;
                offset += EntryHeader.BYTES;
                continue;
            }
            if (!FormatMark.is(format.get())) {
                entries.merge(format.get(), 1, Integer::sum);
            }
            alignment = Math.max(alignment, header.alignment());
            if (!follows) {
                starts |= offset;
            }
            follows = true;
            offset += header.size();
        }
    }

    private Optional<EntryFormat> format(EntryHeader header, int offset) {
        boolean plausible = header.keyLength() > 0
                && header.keyLength() <= EntryHeader.KEY_MAX
                && header.units() < 16
                && header.transactionId() != 0
                && header.magic() != 0
                && header.magic() != -1
                && header.size() <= bytes.length - offset;
        if (!plausible) {
            return Optional.empty();
        }
        for (ChecksumAlgorithm algorithm : List.of(ChecksumAlgorithm.CRC16_CCITT, ChecksumAlgorithm.CRC32)) {
            if (algorithm.compute(bytes, offset, header.size()) == header.checksum()) {
                return Optional.of(new EntryFormat(header.magic(), algorithm));
            }
        }
        return Optional.empty();
    }

    private Identification identification(Geometry own) throws InvalidOptionException {
        int sectorSize = sectorSize(own);
        List<Map.Entry<EntryFormat, Integer>> found = new ArrayList<>(entries.entrySet());
        found.sort(Map.Entry.<EntryFormat, Integer>comparingByValue().reversed());
        Options options = Options.none()
                .with(PwKvsOptions.SECTOR_SIZE, (long) sectorSize)
                .with(PwKvsOptions.ALIGNMENT, (long) alignment);
        List<String> evidence = new ArrayList<>();
        for (Map.Entry<EntryFormat, Integer> each : found) {
            options = options.plus(PwKvsOptions.FORMATS.name(), each.getKey().toString());
            evidence.add(each.getValue() + (each.getValue() == 1 ? " entry " : " entries ") + each.getKey()
                    + " with the right checksum");
        }
        int most = found.get(0).getValue();
        Confidence confidence = most >= ENOUGH ? Confidence.CERTAIN : Confidence.LIKELY;
        Geometry geometry = own.withUnits(1, 1, sectorSize);
        return new Identification(PwKvsProvider.FORMAT, "", confidence, geometry, options, evidence, hints());
    }

    /** Logs begin where sectors do, so a sector is the largest size that all beginnings are multiples of. */
    private int sectorSize(Geometry own) {
        int lowest = Integer.lowestOneBit(starts);
        long most = Math.min(SECTOR_MAX, Long.highestOneBit(Math.max(1, own.sizeBytes() / 2)));
        if (lowest < SECTOR_MIN) { // nothing to tell from, or a log that goes on behind damage
            return (int) Math.min(most, own.blockSize() >= 2 * EntryHeader.BYTES ? own.blockSize() : most);
        }
        return (int) Math.min(lowest, most);
    }

    private static List<String> hints() {
        return List.of(
                "sector size, redundancy and the limit of keys are not on the medium: compare with the firmware");
    }
}
