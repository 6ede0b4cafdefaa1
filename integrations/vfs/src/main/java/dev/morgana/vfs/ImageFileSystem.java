package dev.morgana.vfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.commons.vfs2.Capability;
import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.AbstractFileSystem;

/** An image that is open, behind the interface of VFS. */
final class ImageFileSystem extends AbstractFileSystem {
    private final java.nio.file.FileSystem files;

    /**
     * A file system.
     *
     * @param files closed with it
     */
    ImageFileSystem(FileName root, FileObject image, FileSystemOptions options, java.nio.file.FileSystem files) {
        super(root, image, options);
        this.files = files;
    }

    @Override
    protected FileObject createFile(AbstractFileName name) throws Exception {
        Path path = files.getPath(name.getPathDecoded());
        return new ImageFileObject(name, this, path);
    }

    @Override
    protected void addCapabilities(Collection<Capability> capabilities) {
        capabilities.addAll(files.isReadOnly() ? Capabilities.READING : Capabilities.ALL);
    }

    /** VFS lets nobody fail here. What was written was made durable when its stream was closed. */
    @Override
    protected void doCloseCommunicationLink() {
        try {
            SharedImages.close(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
