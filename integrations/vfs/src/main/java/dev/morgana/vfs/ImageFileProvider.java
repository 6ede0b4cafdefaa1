package dev.morgana.vfs;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.Target;
import dev.morgana.spi.error.StoreException;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.commons.vfs2.Capability;
import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemConfigBuilder;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.Selectors;
import org.apache.commons.vfs2.provider.AbstractLayeredFileProvider;
import org.apache.commons.vfs2.provider.LayeredFileName;
import org.apache.commons.vfs2.provider.local.LocalFileSystem;

/**
 * Images within files, as VFS has archives within files: {@code morgana:} before the address of the image, {@code !} behind it. An image
 * on this machine can be changed; of one from elsewhere VFS keeps a copy, which is opened for reading only.
 */
public final class ImageFileProvider extends AbstractLayeredFileProvider {
    /** The provider that VFS makes. */
    public ImageFileProvider() {}

    @Override
    public Collection<Capability> getCapabilities() {
        return Capabilities.ALL;
    }

    @Override
    public FileSystemConfigBuilder getConfigBuilder() {
        return ImageConfigBuilder.INSTANCE;
    }

    @Override
    protected FileSystem doCreateFileSystem(String scheme, FileObject image, FileSystemOptions options)
            throws FileSystemException {
        FileName root = new LayeredFileName(scheme, image.getName(), FileName.ROOT_PATH, FileType.FOLDER);
        boolean local = image.getFileSystem() instanceof LocalFileSystem;
        Path file = image.getFileSystem()
                .replicateFile(image, Selectors.SELECT_SELF)
                .toPath();
        try {
            Target target = ImageConfigBuilder.INSTANCE.target(Morgana.load().at(file), options);
            return new ImageFileSystem(root, image, options, SharedImages.open(local ? target : target.readOnly()));
        } catch (StoreException e) {
            throw new FileSystemException("vfs.provider/read.error", image.getName(), e);
        }
    }
}
