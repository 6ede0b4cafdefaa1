package dev.morgana.littlefs.file;

import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/** The content of a file at one time, whose blocks stay until it is closed, whatever becomes of the file. */
public final class HeldContent implements FileContent {
    private final FileSystem fileSystem;
    private final FileVersion version;
    private final FileContent content;
    private boolean closed;

    private HeldContent(FileSystem fileSystem, FileVersion version) throws StoreException {
        this.fileSystem = fileSystem;
        this.version = version;
        this.content = version.content(fileSystem.volume());
    }

    /**
     * Holds what a file has now.
     *
     * @throws StoreException if that is damaged
     */
    public static HeldContent open(FileSystem fileSystem, DirectoryEntry file) throws StoreException {
        return new HeldContent(fileSystem, FileVersion.open(fileSystem.volume(), fileSystem.extents(), file));
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(long position, ByteBuffer target) throws StoreException {
        return content.read(position, target);
    }

    /** Lets the blocks go. */
    public void close() {
        if (!closed) {
            closed = true;
            version.release(fileSystem.extents());
        }
    }
}
