package dev.morgana.littlefs.layout;

/**
 * The word before each piece of data in a metadata log (littlefs page, section 4.3), decoded. On the medium it is
 * big-endian and exclusive-ored with the tag before it.
 *
 * @param word the decoded bits
 */
public record Tag(int word) {
    /** The bytes that a tag itself occupies. */
    public static final int BYTES = 4;

    /** What the first tag of a block is exclusive-ored with. */
    public static final int NO_PREVIOUS = 0xffffffff;

    /** The id of tags that are not about an entry. */
    public static final int NO_ID = 0x3ff;

    /** The length that means: deleted, and no data follows. */
    public static final int DELETED = 0x3ff;

    /** The most data that one tag can have. */
    public static final int DATA_MAX = 0x3fe;

    private static final int TYPE_SHIFT = 20;
    private static final int TYPE_MASK = 0x7ff;
    private static final int ID_SHIFT = 10;
    private static final int ID_MASK = 0x3ff;
    private static final int LENGTH_MASK = 0x3ff;
    /** Distinguishes the ends of commits, 0x500 to 0x57f, from the forward CRC, 0x5ff. */
    private static final int COMMIT_MASK = 0x780;

    private static final int COMMIT_TYPE = 0x500;
    private static final int CHUNK_MASK = 0xff;
    private static final int CLASS_SHIFT = 8;

    /** A tag of the given parts. */
    public static Tag of(int type, int id, int length) {
        assert type >= 0 && type <= TYPE_MASK && id >= 0 && id <= ID_MASK && length >= 0 && length <= LENGTH_MASK
                : "type " + type + ", id " + id + ", length " + length;
        return new Tag(type << TYPE_SHIFT | id << ID_SHIFT | length);
    }

    /** A tag of an assigned type. */
    public static Tag of(TagType type, int id, int length) {
        return of(type.code(), id, length);
    }

    /** Decodes a stored word, read big-endian. */
    public static Tag decode(int stored, int previous) {
        return new Tag(stored ^ previous);
    }

    /** The word to store, to be written big-endian. */
    public int encode(int previous) {
        return word ^ previous;
    }

    /** Whether bit 31 is clear, as it is in every tag that was written. */
    public boolean isValid() {
        return word >= 0;
    }

    /** The eleven bits of the type. */
    public int type() {
        return word >>> TYPE_SHIFT & TYPE_MASK;
    }

    /** The upper three bits of the type. */
    public TagClass tagClass() {
        return TagClass.of(type() >>> CLASS_SHIFT);
    }

    /** The lower eight bits of the type. */
    public int chunk() {
        return type() & CHUNK_MASK;
    }

    /** Whether this is exactly the given type. */
    public boolean is(TagType type) {
        return type() == type.code();
    }

    /** The number of the entry, or {@link #NO_ID}. */
    public int id() {
        return word >>> ID_SHIFT & ID_MASK;
    }

    /** Whether this takes something away and has no data. */
    public boolean isDeletion() {
        return (word & LENGTH_MASK) == DELETED;
    }

    /** The bytes of data that follow. */
    public int dataLength() {
        return isDeletion() ? 0 : word & LENGTH_MASK;
    }

    /** The bytes that the tag and its data occupy. */
    public int totalLength() {
        return BYTES + dataLength();
    }

    /** Whether this ends a commit. */
    public boolean isCommit() {
        return (type() & COMMIT_MASK) == COMMIT_TYPE;
    }

    /**
     * What the tag after this one is exclusive-ored with. After a commit the phase bit decides which value of bit 31 the
     * erased bytes there must not decode to (section 4.5).
     */
    public int nextPrevious() {
        return isCommit() ? word ^ (chunk() & 1) << 31 : word;
    }

    /** The type in words. */
    public String label() {
        TagType assigned = TagType.of(type());
        if (assigned != null) {
            return assigned.label();
        }
        if (isCommit()) {
            return TagType.COMMIT_CRC.label();
        }
        return tagClass() == TagClass.ATTRIBUTE
                ? "attribute " + chunk()
                : "unknown type 0x" + Integer.toHexString(type());
    }
}
