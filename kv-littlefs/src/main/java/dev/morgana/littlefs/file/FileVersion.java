package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.space.Extent;
import dev.morgana.littlefs.space.Extents;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file at one time: in its directory, or in blocks, which stay as long as the version is held.
 *
 * @param bytes the content, if it is inline; nobody may change it
 * @param extent the blocks, if it is not
 * @param size in bytes
 */
record FileVersion(byte @Nullable [] bytes, @Nullable Extent extent, long size) {
    /** A file without content. */
    static final FileVersion EMPTY = inline(new byte[0]);

    static FileVersion inline(byte[] bytes) {
        return new FileVersion(bytes, null, bytes.length);
    }

    static FileVersion of(Extent extent, long size) {
        return new FileVersion(null, extent, size);
    }

    /** The version that a directory has, looked at no closer than the directory is; {@link #release} it. */
    static FileVersion open(Volume volume, Extents extents, DirectoryEntry file) throws CorruptStoreException {
        if (file.entry().struct() instanceof EntryStruct.Ctz ctz) {
            long size = ctz.head().size();
            return size == 0 ? EMPTY : of(extents.open(ctz.head()), size);
        }
        return inline(((InlineContent) FileContent.of(volume, file)).bytes());
    }

    /** What the directory is to say of this version. */
    EntryStruct struct() {
        return extent == null ? new EntryStruct.Inline(inlineBytes()) : new EntryStruct.Ctz(head());
    }

    CtzHead head() {
        return new CtzHead(Objects.requireNonNull(extent).last(), size);
    }

    byte[] inlineBytes() {
        return Objects.requireNonNull(bytes);
    }

    boolean isInline() {
        return bytes != null;
    }

    /** The bytes of this version. */
    FileContent content(Volume volume) throws CorruptStoreException {
        return bytes == null ? blocks(volume) : new InlineContent(bytes);
    }

    /**
     * The block of an index.
     *
     * @throws StoreException if the pointers on the way to it cannot be read
     */
    long block(Volume volume, long index) throws StoreException {
        return blocks(volume).locate(index);
    }

    private CtzContent blocks(Volume volume) throws CorruptStoreException {
        CtzHead head = head();
        return new CtzContent(
                volume.blocks(),
                volume.ctzLayout(),
                head,
                volume.blocks().position(head.head(), 0, "last block of a file"));
    }

    /** Nobody needs it any more. */
    void release(Extents extents) {
        if (extent != null) {
            extents.release(extent);
        }
    }
}
