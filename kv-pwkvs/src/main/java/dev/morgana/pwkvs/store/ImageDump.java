package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.LogWalk;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.key.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Decodes sectors entry by entry. */
record ImageDump(Kvs kvs, StoreLife life) implements Dump {
    @Override
    public void dump(LongPredicate blocks, Consumer<Structure> structures) throws StoreException {
        life.changing(() -> {
            LogWalk walk = new LogWalk(kvs.flash(), kvs.settings());
            for (int sector = 0; sector < kvs.settings().sectorCount(); sector++) {
                if (blocks.test((long) kvs.settings().firstSector() + sector)) {
                    for (LogWalk.Piece piece : walk.pieces(sector)) {
                        structures.accept(structure(piece));
                    }
                }
            }
            return true;
        });
    }

    private Structure structure(LogWalk.Piece piece) {
        String name = piece.entry().map(ImageDump::name).orElse(piece.isErased() ? "free space" : "damage");
        Map<String, String> fields = piece.entry()
                .map(header -> fields(header, piece.key()))
                .orElse(piece.isErased() ? Map.of() : Map.of("expected", piece.problem()));
        return new Structure(
                kvs.flash().position(piece.address(), name),
                piece.length(),
                0,
                fields,
                piece.problem().isEmpty());
    }

    private static String name(EntryHeader header) {
        return header.isTombstone() ? "tombstone" : "entry";
    }

    private static Map<String, String> fields(EntryHeader header, byte[] key) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("magic", String.format("0x%08x", header.magic()));
        fields.put("checksum", String.format("0x%08x", header.checksum()));
        fields.put("alignment", Integer.toString(header.alignment()));
        fields.put("transaction", Integer.toUnsignedString(header.transactionId()));
        fields.put("key", Key.escape(key));
        if (!header.isTombstone()) {
            fields.put("size", Integer.toString(header.valueSize()));
        }
        return fields;
    }
}
