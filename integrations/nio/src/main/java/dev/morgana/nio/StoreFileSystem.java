package dev.morgana.nio;

import dev.morgana.nio.channel.FileLocks;
import dev.morgana.nio.channel.StoreChannel;
import dev.morgana.nio.path.Glob;
import dev.morgana.nio.path.PathName;
import dev.morgana.nio.tree.OpenRequest;
import dev.morgana.nio.tree.Tree;
import dev.morgana.nio.view.ImageFileStore;
import dev.morgana.nio.view.Views;
import dev.morgana.nio.watch.FolderWatchService;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** One store as a file system. Safe for use by many threads. */
final class StoreFileSystem extends FileSystem {
    private final MorganaFileSystemProvider provider;
    private final KeyValueStore store;
    private final Tree tree;
    private final Views views;
    private final String uri;
    private final Runnable forget;
    private final FileLocks locks = new FileLocks();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A file system.
     *
     * @param store closed with it
     * @param uri the URI of the image
     * @param forget called when it is closed
     */
    StoreFileSystem(
            MorganaFileSystemProvider provider, KeyValueStore store, InstantSource clock, String uri, Runnable forget) {
        this.provider = provider;
        this.store = store;
        this.tree = new Tree(store, clock);
        this.views = new Views(tree);
        this.uri = uri;
        this.forget = forget;
    }

    String uri() {
        return uri;
    }

    /** The tree, as long as the file system is open. */
    Tree tree() {
        if (closed.get()) {
            throw new ClosedFileSystemException();
        }
        return tree;
    }

    Views views() {
        tree();
        return views;
    }

    StoreChannel open(Key key, Set<? extends OpenOption> options) throws IOException {
        OpenRequest request = OpenRequest.of(options);
        StoreChannel[] self = new StoreChannel[1];
        StoreChannel channel =
                new StoreChannel(tree, tree().open(key, request), request, locks, () -> open.remove(self[0]));
        self[0] = channel;
        open.add(channel);
        return channel;
    }

    ImageFileStore fileStore() {
        return new ImageFileStore(tree(), views);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    /** Closes everything that is open in it, and the store. What was written is kept; what cannot be kept is told. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        IOException failure = null;
        for (AutoCloseable each : List.copyOf(open)) {
            try {
                each.close();
            } catch (Exception e) {
                IOException next = e instanceof IOException io ? io : new IOException(e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        store.close();
        forget.run();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public boolean isReadOnly() {
        return tree.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(new StorePath(this, PathName.ROOT));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of(fileStore());
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return views.names();
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder all = new StringBuilder(first);
        for (String each : more) {
            if (!each.isEmpty()) {
                all.append(all.isEmpty() ? "" : "/").append(each);
            }
        }
        return new StorePath(this, PathName.of(all.toString()));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + syntaxAndPattern + "' is not syntax:pattern");
        }
        String syntax = syntaxAndPattern.substring(0, colon);
        String written = syntaxAndPattern.substring(colon + 1);
        Pattern pattern;
        if (syntax.equalsIgnoreCase("glob")) {
            pattern = Glob.compile(written);
        } else if (syntax.equalsIgnoreCase("regex")) {
            pattern = Pattern.compile(written);
        } else {
            throw new UnsupportedOperationException("Syntax '" + syntax + "' not recognized");
        }
        return path -> pattern.matcher(path.toString()).matches();
    }

    /** Knows no users, since images know none. */
    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return new UserPrincipalLookupService() {
            @Override
            public UserPrincipal lookupPrincipalByName(String name) {
                throw new UnsupportedOperationException("an image knows no users");
            }

            @Override
            public GroupPrincipal lookupPrincipalByGroupName(String group) {
                throw new UnsupportedOperationException("an image knows no groups");
            }
        };
    }

    @Override
    public WatchService newWatchService() {
        FolderWatchService service = new FolderWatchService(tree());
        open.add(service);
        return service;
    }
}
