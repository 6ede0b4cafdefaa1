package dev.morgana.pwkvs;

/** What a write that finds no space may collect, see {@link PwKvsOptions#GC_ON_WRITE}. */
public enum GcOnWrite {
    /** Nothing. */
    DISABLED("disabled"),
    /** One sector. */
    ONE_SECTOR("oneSector"),
    /** Until there is space. */
    AS_MANY_SECTORS_NEEDED("asManySectorsNeeded");

    private final String word;

    GcOnWrite(String word) {
        this.word = word;
    }

    /** The value as options spell it. */
    @Override
    public String toString() {
        return word;
    }
}
