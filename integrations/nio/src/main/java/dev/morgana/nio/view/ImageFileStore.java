package dev.morgana.nio.view;

import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/** The image of a file system, and its space. */
public final class ImageFileStore extends FileStore {
    private final Tree tree;
    private final Views views;

    /** The image under a tree. */
    public ImageFileStore(Tree tree, Views views) {
        this.tree = tree;
        this.views = views;
    }

    private StoreInfo info() {
        return tree.store().info();
    }

    @Override
    public String name() {
        return type();
    }

    @Override
    public String type() {
        return info().format();
    }

    @Override
    public boolean isReadOnly() {
        return tree.isReadOnly();
    }

    @Override
    public long getTotalSpace() {
        return info().geometry().sizeBytes();
    }

    @Override
    public long getUnallocatedSpace() throws IOException {
        return tree.free();
    }

    @Override
    public long getUsableSpace() throws IOException {
        return isReadOnly() ? 0 : getUnallocatedSpace();
    }

    @Override
    public long getBlockSize() {
        return info().geometry().blockSize();
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return views.of(dev.morgana.spi.key.Key.ROOT, type) != null;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return views.names().contains(name);
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) throws IOException {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default -> throw new UnsupportedOperationException("'" + attribute + "' not recognized");
        };
    }
}
