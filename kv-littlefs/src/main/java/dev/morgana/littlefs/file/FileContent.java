package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/** The bytes of one version of a file. For one thread at a time. */
public interface FileContent {
    /** The number of bytes. */
    long size();

    /**
     * Reads bytes.
     *
     * @param position the first byte, from 0
     * @param target filled from its position, to its limit or to the end of the file
     * @return the number of bytes read, 0 at and behind the end
     * @throws CorruptStoreException if the blocks of the file are none
     * @throws StoreException for this, or if the device fails
     */
    int read(long position, ByteBuffer target) throws StoreException;

    /**
     * The content of a file as its entry says.
     *
     * @throws CorruptStoreException if the entry says something impossible
     */
    static FileContent of(Volume volume, DirectoryEntry file) throws CorruptStoreException {
        EntryStruct struct = file.entry().struct();
        if (struct instanceof EntryStruct.Inline inline) {
            return new InlineContent(inline.content());
        }
        if (struct instanceof EntryStruct.Ctz ctz) {
            return new CtzContent(volume.blocks(), volume.ctzLayout(), ctz.head(), position(volume, file));
        }
        throw notAFile(volume, file);
    }

    /**
     * The size of a file as its entry says, whether its blocks can be found or not.
     *
     * @throws CorruptStoreException if the entry says none
     */
    static long sizeOf(Volume volume, DirectoryEntry file) throws CorruptStoreException {
        EntryStruct struct = file.entry().struct();
        if (struct instanceof EntryStruct.Inline inline) {
            return inline.content().length;
        }
        if (struct instanceof EntryStruct.Ctz ctz) {
            return ctz.head().size();
        }
        throw notAFile(volume, file);
    }

    private static CorruptStoreException notAFile(Volume volume, DirectoryEntry file) {
        return PeerError.corrupt(position(volume, file), "content or a list of blocks", "another struct");
    }

    private static Position position(Volume volume, DirectoryEntry file) {
        return volume.blocks()
                .position(
                        file.pair().activeBlock(),
                        file.entry().offset(),
                        "struct of file " + file.entry().name());
    }
}
