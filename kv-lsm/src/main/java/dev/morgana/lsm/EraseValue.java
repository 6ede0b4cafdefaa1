package dev.morgana.lsm;

/** What an erased byte reads as, see {@link EkvOptions#ERASE_VALUE}. */
public enum EraseValue {
    /** Zero. */
    ZEROS("0"),
    /** All bits set. */
    ONES("255");

    private final String word;

    EraseValue(String word) {
        this.word = word;
    }

    /** The value of a shape. */
    static EraseValue of(byte value) {
        return value == 0 ? ZEROS : ONES;
    }

    /** The byte. */
    byte value() {
        return (byte) (this == ZEROS ? 0 : 0xff);
    }

    /** The value as options spell it. */
    @Override
    public String toString() {
        return word;
    }
}
