package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.LogWalk;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The older entries of a key that no collection has erased yet. */
record OlderStates(Kvs kvs, StoreLife life) implements History {
    @Override
    public List<Version> versions(Key key) throws StoreException {
        return life.changing(() -> {
            NavigableMap<Long, LogWalk.Piece> found = entries(key.toBytes());
            List<Version> versions = new ArrayList<>();
            for (Map.Entry<Long, LogWalk.Piece> entry : found.entrySet()) {
                boolean current = entry.getKey().equals(found.lastKey());
                versions.add(version(versions.size(), entry.getValue(), current));
            }
            return versions;
        });
    }

    /** Entries by transaction id; of several copies the first. */
    private NavigableMap<Long, LogWalk.Piece> entries(byte[] key) throws StoreException {
        NavigableMap<Long, LogWalk.Piece> found = new TreeMap<>();
        LogWalk walk = new LogWalk(kvs.flash(), kvs.settings());
        for (int sector = 0; sector < kvs.settings().sectorCount(); sector++) {
            for (LogWalk.Piece piece : walk.pieces(sector)) {
                if (piece.entry().isPresent() && Arrays.equals(piece.key(), key)) {
                    found.putIfAbsent(Integer.toUnsignedLong(piece.entry().get().transactionId()), piece);
                }
            }
        }
        return found;
    }

    private Version version(int index, LogWalk.Piece piece, boolean current) {
        EntryHeader header = piece.entry().orElseThrow();
        OptionalLong size = header.isTombstone() ? OptionalLong.empty() : OptionalLong.of(header.valueSize());
        return new Version(
                index,
                kvs.flash().position(piece.address(), "entry"),
                "transaction " + Integer.toUnsignedString(header.transactionId()),
                size,
                current && !header.isTombstone());
    }

    @Override
    public InputStream open(Key key, Version version) throws StoreException {
        return life.changing(() -> {
            boolean there =
                    version.size().isPresent() && versions(key).stream().anyMatch(each -> isSame(each, version));
            if (!there) {
                throw new NoSuchKeyException(key);
            }
            return new ByteArrayInputStream(new LogWalk(kvs.flash(), kvs.settings()).value(address(version)));
        });
    }

    /** A version stays the same when a newer one comes, although it is then no longer current. */
    private static boolean isSame(Version one, Version other) {
        return one.position().equals(other.position()) && one.label().equals(other.label());
    }

    private long address(Version version) {
        Position position = version.position();
        Settings settings = kvs.settings();
        return (position.block() - settings.firstSector()) * settings.sectorSize() + position.offset();
    }
}
