package dev.morgana.nio.tree;

import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.TreeRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that are open, by where they are. Used under the lock of the tree. */
final class OpenFiles {
    private final KeyValueStore store;
    private final Object lock;
    private final OpenFile.Surroundings tree;
    private final @Nullable FileHandles handles;
    private final KeyMap<OpenFile> files = new KeyMap<>();

    OpenFiles(KeyValueStore store, Object lock, OpenFile.Surroundings tree) {
        this.store = store;
        this.lock = lock;
        this.tree = tree;
        this.handles = store.facet(FileHandles.class).orElse(null);
    }

    Optional<OpenFile> at(Key key) {
        return Optional.ofNullable(files.get(key));
    }

    List<OpenFile> all() {
        return List.copyOf(files.values());
    }

    /** Adds a user to a file that is there. */
    OpenFile open(Key key, boolean writes) throws IOException {
        OpenFile there = files.get(key);
        OpenFile file = there != null ? there : new OpenFile(lock, key, draft(key), tree);
        file.addUser(writes);
        files.put(key, file);
        return file;
    }

    private Draft draft(Key key) throws IOException {
        return handles != null ? new HandleDraft(handles, key) : new CopiedDraft(store);
    }

    void close(OpenFile file) {
        if (file.removeUser() && !file.isRemoved()) {
            files.remove(file.key());
        }
    }

    /** A change that takes a file from the store. */
    @FunctionalInterface
    interface Removal {
        void run() throws IOException;
    }

    /** Takes a file from the store; those who have it open keep it. */
    void removing(Key key, Removal removal) throws IOException {
        OpenFile file = files.get(key);
        if (file != null) {
            file.hold();
        }
        removal.run();
        if (file != null) {
            file.markRemoved();
            files.remove(key);
        }
    }

    void moved(Key source, Key target) {
        for (OpenFile file : all()) {
            if (source.isPrefixOf(file.key())) {
                file.movedTo(TreeRules.moved(file.key(), source, target));
            }
        }
        files.move(source, target);
    }
}
