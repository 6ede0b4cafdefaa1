package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;

/** Sets and removes user attributes (section 11.7). */
public final class AttributeChange {
    private static final int TYPE_MAX = 255;

    private AttributeChange() {}

    /**
     * Sets an attribute, durably.
     *
     * @throws LimitExceededException if it is too long
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public static void set(FileSystem fileSystem, DirectoryEntry entry, int type, byte[] value) throws StoreException {
        checkLength(fileSystem.volume(), value);
        fileSystem.commit(entry.pair().blocks(), new PairChanges().attribute(entry.id(), type, value.clone()));
    }

    /**
     * Removes an attribute that is there, durably.
     *
     * @throws StoreException if there is no space, or if the device fails
     */
    public static void remove(FileSystem fileSystem, DirectoryEntry entry, int type) throws StoreException {
        fileSystem.commit(entry.pair().blocks(), new PairChanges().removeAttribute(entry.id(), type));
    }

    /**
     * Refuses a number that no attribute has.
     *
     * @return the number
     * @throws IllegalArgumentException if it is not within 0 to 255
     */
    public static int checkType(int type) {
        if (type < 0 || type > TYPE_MAX) {
            throw new IllegalArgumentException("attribute type " + type + " is not within 0 to " + TYPE_MAX);
        }
        return type;
    }

    /** Refuses a value that is too long. The C implementation calls that lack of space. */
    public static void checkLength(Volume volume, byte[] value) throws LimitExceededException {
        if (value.length > volume.attrMax()) {
            throw PeerError.NOSPC.on(new LimitExceededException("attrMax (bytes)", volume.attrMax(), value.length));
        }
    }
}
