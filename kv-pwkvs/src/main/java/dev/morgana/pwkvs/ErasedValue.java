package dev.morgana.pwkvs;

/** What an erased byte reads as, see {@link PwKvsOptions#ERASED_VALUE}. */
public enum ErasedValue {
    /** All bits set. */
    ONES("0xff"),
    /** Zero. */
    ZEROS("0x00");

    private final String word;

    ErasedValue(String word) {
        this.word = word;
    }

    /** The value as options spell it. */
    @Override
    public String toString() {
        return word;
    }
}
