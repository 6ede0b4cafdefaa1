package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.LsmFile;
import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What older files say of a key, until they are merged. */
final class OlderStates implements History {
    private record Found(int file, LsmFile pages, LsmRecord record) {}

    private final StoreLife life;
    private final TreeSource source;

    OlderStates(StoreLife life, TreeSource source) {
        this.life = life;
        this.source = source;
    }

    @Override
    public List<Version> versions(Key key) throws StoreException {
        return life.reading(() -> {
            Tree tree = source.get();
            try (Snapshot snapshot = tree.snapshot()) {
                List<Found> found = found(snapshot, key);
                List<Version> versions = new ArrayList<>();
                for (Found one : found) {
                    boolean bound = !one.record().isTombstone();
                    versions.add(new Version(
                            versions.size(),
                            tree.pages().at(one.pages().lastPage(), 0, "file " + one.file()),
                            "file " + one.file(),
                            bound ? OptionalLong.of(one.record().valueLength()) : OptionalLong.empty(),
                            versions.size() == found.size() - 1));
                }
                return versions;
            }
        });
    }

    private static List<Found> found(Snapshot snapshot, Key key) throws StoreException {
        List<Found> found = new ArrayList<>();
        for (int number : snapshot.table().numbers()) {
            LsmFile file = snapshot.table().file(number);
            if (file != null) {
                Optional<LsmRecord> record = snapshot.find(file, key.toBytes());
                record.ifPresent(one -> found.add(new Found(number, file, one)));
            }
        }
        return found;
    }

    @Override
    public InputStream open(Key key, Version version) throws StoreException {
        return life.reading(() -> {
            try (Snapshot snapshot = source.get().snapshot()) {
                for (Found one : found(snapshot, key)) {
                    boolean same = version.label().equals("file " + one.file())
                            && version.position().block() == one.pages().lastPage();
                    if (same && !one.record().isTombstone()) {
                        return new ByteArrayInputStream(one.record().value());
                    }
                }
            }
            throw new NoSuchKeyException(key);
        });
    }
}
