package dev.morgana.littlefs.layout;

/**
 * One tag with its data that is to be written to a pair. Its id is one of the numbering that holds after the changes before
 * it in the same commit (section 6.2).
 *
 * @param tag the decoded tag
 * @param data as many bytes as the tag says; nobody may change them
 */
public record PairChange(Tag tag, byte[] data) {
    private static final byte[] NOTHING = {};

    public PairChange {
        assert data.length == tag.dataLength() : tag + " with " + data.length + " bytes";
    }

    static PairChange of(int type, int id, byte[] data) {
        return new PairChange(Tag.of(type, id, data.length), data);
    }

    static PairChange of(TagType type, int id, byte[] data) {
        return of(type.code(), id, data);
    }

    static PairChange of(TagType type, int id) {
        return of(type, id, NOTHING);
    }

    static PairChange attribute(int number, int id, byte[] value) {
        return of(TagClass.ATTRIBUTE.code() << Byte.SIZE | number, id, value);
    }

    static PairChange attributeRemoved(int number, int id) {
        return new PairChange(Tag.of(TagClass.ATTRIBUTE.code() << Byte.SIZE | number, id, Tag.DELETED), NOTHING);
    }

    /** The bytes that this occupies in a log. */
    public int length() {
        return tag.totalLength();
    }
}
