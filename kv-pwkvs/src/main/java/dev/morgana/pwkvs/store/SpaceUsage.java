package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.LogWalk;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up the pieces of all sectors by what they are good for. */
record SpaceUsage(Kvs kvs, StoreLife life) implements Usage {
    private enum Kind {
        VALUES("live entries"),
        TOMBSTONES("tombstones"),
        STALE("stale entries"),
        DAMAGED("damage"),
        FREE("free");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final class Sum {
        private long bytes;
        private long items;

        void add(long more) {
            bytes += more;
            items++;
        }
    }

    @Override
    public List<Share> usage() throws StoreException {
        return life.changing(() -> {
            List<LogWalk.Piece> pieces = pieces();
            Map<String, Integer> newest = newest(pieces);
            Map<Kind, Sum> sums = new EnumMap<>(Kind.class);
            for (LogWalk.Piece piece : pieces) {
                sums.computeIfAbsent(kind(piece, newest), kind -> new Sum()).add(piece.length());
            }
            return shares(sums);
        });
    }

    private List<LogWalk.Piece> pieces() throws StoreException {
        LogWalk walk = new LogWalk(kvs.flash(), kvs.settings());
        List<LogWalk.Piece> pieces = new ArrayList<>();
        for (int sector = 0; sector < kvs.settings().sectorCount(); sector++) {
            pieces.addAll(walk.pieces(sector));
        }
        return pieces;
    }

    private static Map<String, Integer> newest(List<LogWalk.Piece> pieces) {
        Map<String, Integer> newest = new HashMap<>();
        for (LogWalk.Piece piece : pieces) {
            piece.entry()
                    .ifPresent(header -> newest.merge(
                            Key.escape(piece.key()),
                            header.transactionId(),
                            (a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b));
        }
        return newest;
    }

    private static Kind kind(LogWalk.Piece piece, Map<String, Integer> newest) {
        Optional<EntryHeader> header = piece.entry();
        if (header.isEmpty()) {
            return piece.isErased() ? Kind.FREE : Kind.DAMAGED;
        }
        Integer current = newest.get(Key.escape(piece.key()));
        if (current == null || current != header.get().transactionId()) {
            return Kind.STALE;
        }
        return header.get().isTombstone() ? Kind.TOMBSTONES : Kind.VALUES;
    }

    private List<Share> shares(Map<Kind, Sum> sums) {
        List<Share> shares = new ArrayList<>();
        sums.forEach((kind, sum) -> shares.add(new Share(kind.words, 0, sum.bytes, sum.items)));
        Settings settings = kvs.settings();
        long outside =
                kvs.flash().device().geometry().sizeBytes() - (long) settings.sectorSize() * settings.sectorCount();
        if (outside > 0) {
            shares.add(new Share("outside the partition", outside / settings.sectorSize(), outside, 0));
        }
        return shares;
    }
}
