package dev.morgana.littlefs;

/** A version of the format, see {@link LittleFsOptions#DISK_VERSION}. */
public enum DiskVersion {
    /** Without checksums of what is to be programmed next. */
    V2_0("2.0"),
    /** With them. */
    V2_1("2.1");

    private final String word;

    DiskVersion(String word) {
        this.word = word;
    }

    /** The minor number; the major one is 2. */
    int minor() {
        return this == V2_0 ? 0 : 1;
    }

    /** The value as options spell it. */
    @Override
    public String toString() {
        return word;
    }
}
