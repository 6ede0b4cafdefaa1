package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.Dialect;

/**
 * What the user says of a file system that is to be read.
 *
 * @param dialect by whose rules
 * @param blockSize in bytes, or 0 to find it on the medium
 * @param blockCount the number of blocks that the superblock must have, or 0 for any
 * @param readSize the unit of reading in bytes, or 0 for the device's
 * @param programSize the unit of programming in bytes, or 0 for the device's
 * @param nameMax the longest names to accept, in bytes
 * @param fileMax the largest files to accept, in bytes
 * @param attrMax the longest attributes to accept, in bytes
 * @param minorVersion the newest minor version of the format to accept, and that of a new file system
 * @param upgrade whether an older file system becomes one of that version before it is changed; else it stays what it is
 * @param metadataCacheBytes how much memory fetched pairs may take, about
 * @param writing what counts for writing alone
 */
public record Settings(
        Dialect dialect,
        long blockSize,
        long blockCount,
        int readSize,
        int programSize,
        long nameMax,
        long fileMax,
        long attrMax,
        int minorVersion,
        boolean upgrade,
        long metadataCacheBytes,
        WriteSettings writing) {
    /** The smallest block that has room for the pointers of a skip list. */
    public static final int BLOCK_SIZE_MIN = 128;

    /** The largest block that this implementation handles. */
    public static final int BLOCK_SIZE_MAX = 1 << 30;

    /** The longest name that the format can express, in bytes. */
    public static final int NAME_MAX = 1022;

    /** The largest file that the format can express, in bytes. */
    public static final int FILE_MAX = Integer.MAX_VALUE;

    /** The longest attribute that the format can express, in bytes. */
    public static final int ATTR_MAX = 1022;

    /** The major version of the format. */
    public static final int MAJOR_VERSION = 2;

    /** Chamelon's default for what it calls the program block size. */
    private static final int CHAMELON_UNIT = 16;

    /** At what commits end that are written for chamelon, in bytes; it writes whole blocks and programs nothing smaller. */
    public int commitUnit() {
        return programSize == 0 ? CHAMELON_UNIT : programSize;
    }

    /** The same settings by other rules. */
    public Settings withDialect(Dialect other) {
        return with(other, blockCount);
    }

    /** The same settings without a condition on the number of blocks. */
    public Settings withAnyBlockCount() {
        return with(dialect, 0);
    }

    /** The same settings, by which an older file system becomes one of a version before it is changed. */
    public Settings withUpgradeTo(int minor) {
        return with(dialect, blockCount, minor, true);
    }

    private Settings with(Dialect newDialect, long newBlockCount) {
        return with(newDialect, newBlockCount, minorVersion, upgrade);
    }

    private Settings with(Dialect newDialect, long newBlockCount, int newMinorVersion, boolean newUpgrade) {
        return new Settings(
                newDialect,
                blockSize,
                newBlockCount,
                readSize,
                programSize,
                nameMax,
                fileMax,
                attrMax,
                newMinorVersion,
                newUpgrade,
                metadataCacheBytes,
                writing);
    }
}
