package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.facet.Usage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** What can be told of a device without opening its store. The same for both shapes. */
final class Tools implements Check, Dump, Usage {
    /** Reads the device while nobody writes to it. */
    interface Access {
        <T> T read(Persistent.Inspector<T> inspector) throws StoreException;
    }

    private final Access access;
    private final Shape shape;
    private final Codec<?> codec;

    Tools(Access access, Shape shape, Codec<?> codec) {
        this.access = access;
        this.shape = shape;
        this.codec = codec;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        List<Finding> found = access.read(halves -> check(halves, depth));
        found.forEach(findings);
    }

    private List<Finding> check(Halves halves, Depth depth) throws StoreException {
        SnapshotHalf first = halves.examine(0, shape);
        SnapshotHalf second = halves.examine(1, shape);
        SnapshotHalf newest = SnapshotHalf.newest(first, second);
        List<Finding> findings = new ArrayList<>();
        for (SnapshotHalf half : List.of(first, second)) {
            CorruptStoreException damage = half.damage();
            if (damage != null && !newest.isValid()) {
                findings.add(finding(Severity.ERROR, "no-snapshot", damage, false));
            } else if (damage != null && !half.blank()) {
                // A power loss leaves this, and a later change repairs it; a bit that flipped looks just the same.
                findings.add(finding(Severity.WARNING, "invalid-snapshot", damage, true));
            }
        }
        if (newest.isValid() && depth == Depth.DEEP) {
            checkPayload(halves, newest, findings);
        }
        return findings;
    }

    private void checkPayload(Halves halves, SnapshotHalf half, List<Finding> findings) throws StoreException {
        Position at = halves.position(half.index(), SnapshotHeader.BYTES, "payload");
        byte[] payload = halves.payload(half);
        try {
            codec.decode(ByteBuffer.wrap(payload), at);
        } catch (CorruptStoreException e) {
            findings.add(finding(Severity.ERROR, "malformed-payload", e, false));
        }
    }

    private static Finding finding(Severity severity, String rule, CorruptStoreException damage, boolean repairable) {
        return new Finding(severity, rule, damage.position(), damage.expected(), damage.found(), "", repairable);
    }

    @Override
    public void dump(LongPredicate blocks, Consumer<Structure> structures) throws StoreException {
        List<Structure> found = access.read(halves -> {
            List<Structure> headers = new ArrayList<>();
            for (int index = 0; index < 2; index++) {
                SnapshotHalf half = halves.examine(index, shape);
                SnapshotHeader header = half.header();
                Position at = halves.position(index, 0, "snapshot header");
                if (header != null && blocks.test(at.block())) {
                    headers.add(new Structure(at, SnapshotHeader.BYTES, 0, fields(header), half.isValid()));
                }
            }
            return headers;
        });
        found.forEach(structures);
    }

    private static Map<String, String> fields(SnapshotHeader header) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("shape", header.shape().toString());
        fields.put("blockSize", Integer.toString(header.blockSize()));
        fields.put("blockCount", Long.toString(header.blockCount()));
        fields.put("generation", Long.toString(header.generation()));
        fields.put("length", Integer.toString(header.length()));
        fields.put("crc", Integer.toHexString(header.crc()));
        return fields;
    }

    @Override
    public List<Share> usage() throws StoreException {
        return access.read(halves -> {
            SnapshotHalf first = halves.examine(0, shape);
            SnapshotHalf second = halves.examine(1, shape);
            SnapshotHalf newest = SnapshotHalf.newest(first, second);
            long size = halves.device().geometry().sizeBytes();
            long used = bytes(newest);
            long older = bytes(first) + bytes(second) - used;
            return List.of(
                    new Share("newest snapshot", 0, used, newest.isValid() ? 1 : 0),
                    new Share("older snapshot", 0, older, older > 0 ? 1 : 0),
                    new Share("free", 0, size - used - older, 0));
        });
    }

    private static long bytes(SnapshotHalf half) {
        SnapshotHeader header = half.header();
        return header == null || !half.isValid() ? 0 : (long) SnapshotHeader.BYTES + header.length();
    }
}
