package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.ContentDigest;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.InsertionPoint;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.space.Extent;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import org.jspecify.annotations.Nullable;

/** Makes a version of a file the one that its directory has (sections 11.1, 11.2 and 12.6). */
final class Publication {
    private Publication() {}

    /**
     * Publishes a version of a file that is there.
     *
     * @param more further changes of the same commit, which do not shift the id
     */
    static void of(FileSystem fileSystem, BlockPair pair, int id, FileVersion version, PairChanges more)
            throws StoreException {
        MetadataEntry entry = fileSystem.entries(pair).get(id);
        EntryStruct old = entry.struct();
        boolean same = !version.isInline()
                && old instanceof EntryStruct.Ctz ctz
                && ctz.head().equals(version.head());
        if (!same) {
            more.struct(id, version.struct());
            addDigest(fileSystem, more, id, version);
        }
        commit(fileSystem, pair, more, version);
        if (!same) {
            replace(fileSystem, old, version);
        }
    }

    /** Publishes a version as a new file. */
    static void create(FileSystem fileSystem, InsertionPoint place, FileVersion version) throws StoreException {
        checkName(fileSystem.volume(), place.name());
        PairChanges changes = new PairChanges()
                .create(place.id(), TagType.FILE_NAME.code(), place.name())
                .struct(place.id(), version.struct());
        addDigest(fileSystem, changes, place.id(), version);
        try {
            commit(fileSystem, place.pair(), changes, version);
        } catch (NoSpaceException e) {
            throw place.name().length() > fileSystem.volume().entryNameMax()
                    ? tooLong(fileSystem.volume(), place.name())
                    : e;
        }
        replace(fileSystem, null, version);
    }

    /** Adds the digest of a version in blocks, where they are kept. */
    static void addDigest(FileSystem fileSystem, PairChanges changes, int id, FileVersion version)
            throws StoreException {
        Volume volume = fileSystem.volume();
        boolean wanted = volume.settings().writing().digests() && ContentDigest.BYTES <= volume.attrMax();
        if (wanted && !version.isInline()) {
            byte[] hash = ContentHash.of(version.content(volume));
            changes.attribute(id, ContentDigest.ATTRIBUTE, new ContentDigest(version.head(), hash).encode());
        }
    }

    private static LimitExceededException tooLong(Volume volume, FileName name) {
        return PeerError.NAMETOOLONG.on(
                new LimitExceededException("nameMax (bytes)", volume.entryNameMax(), name.length()));
    }

    /** Refuses a name that is too long. */
    static void checkName(Volume volume, FileName name) throws LimitExceededException {
        if (name.length() > volume.nameMax()) {
            throw tooLong(volume, name);
        }
    }

    /**
     * Commits what refers to a version. Its blocks are synced before: a power loss may keep the commit and lose what was written
     * earlier to other blocks, and the name would lead to what is not there (littlefs page, section 12.6).
     */
    static void commit(FileSystem fileSystem, BlockPair pair, PairChanges changes, FileVersion version)
            throws StoreException {
        if (!version.isInline()) {
            fileSystem.volume().blocks().sync();
        }
        fileSystem.commit(pair, changes);
    }

    /** The tree has a version now, and another one no more. */
    static void replace(FileSystem fileSystem, @Nullable EntryStruct old, FileVersion version) {
        if (old instanceof EntryStruct.Ctz ctz && ctz.head().size() > 0) {
            fileSystem.extents().giveUp(ctz.head());
        }
        Extent extent = version.extent();
        if (extent != null) {
            fileSystem.extents().publish(extent);
        }
    }
}
