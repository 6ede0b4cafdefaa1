package dev.morgana.littlefs.layout;

/** The upper three bits of a tag's type. The codes are on the medium and must not change. */
public enum TagClass {
    /** Gives an entry its kind and name. */
    NAME(0),
    /** Never on the medium; the peer uses it in memory. */
    INTERNAL(1),
    /** Gives an entry its content or where it is. */
    STRUCT(2),
    /** A user attribute of an entry; the chunk is its number. */
    ATTRIBUTE(3),
    /** Inserts or removes an entry. */
    SPLICE(4),
    /** Ends a commit, or tells what stands after it. */
    CRC(5),
    /** The next pair on the thread. */
    TAIL(6),
    /** A share of the global state. */
    GLOBAL(7);

    private static final TagClass[] VALUES = values();

    private final int code;

    TagClass(int code) {
        this.code = code;
    }

    /** The three bits on the medium. */
    public int code() {
        return code;
    }

    static TagClass of(int code) {
        for (TagClass candidate : VALUES) {
            if (candidate.code == code) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("class " + code + " has more than three bits");
    }
}
