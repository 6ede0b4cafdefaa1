package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.layout.EntryImage;
import java.util.List;
import java.util.Optional;

/**
 * What a store is opened with; none of it is on the medium (section 22).
 *
 * @param sectorSize in bytes
 * @param sectorCount sectors of the partition
 * @param firstSector where the partition begins on the device
 * @param alignment of writes, in bytes
 * @param erased the byte that erased flash consists of
 * @param formats what may be read; the first is written
 * @param redundancy copies of each entry
 * @param maxEntries keys at most, deleted ones included
 * @param gcOnWrite what a write may collect
 * @param recovery whether opening may repair
 * @param verifyOnRead whether values are verified when read
 * @param verifyOnWrite whether entries are verified when written
 * @param readOnly whether nothing may be written
 * @param rules what is done where something better than Pigweed's steps is possible
 */
public record Settings(
        int sectorSize,
        int sectorCount,
        int firstSector,
        int alignment,
        byte erased,
        List<EntryFormat> formats,
        int redundancy,
        int maxEntries,
        GcOnWrite gcOnWrite,
        Recovery recovery,
        boolean verifyOnRead,
        boolean verifyOnWrite,
        boolean readOnly,
        Rules rules) {
    /** What a write that finds no space may do. */
    public enum GcOnWrite {
        /** Nothing. */
        DISABLED,
        /** Collect one sector. */
        ONE_SECTOR,
        /** Collect until there is space. */
        AS_MANY_SECTORS_NEEDED
    }

    /** What opening does about damage. */
    public enum Recovery {
        /** As {@link #LAZY}. */
        IMMEDIATE,
        /** Repairs what it finds. */
        LAZY,
        /** Leaves everything as it is; only maintenance repairs. */
        MANUAL
    }

    /** The format that is written. */
    public EntryFormat primary() {
        return formats.get(0);
    }

    /** The same, for looking without changing anything. */
    public Settings forReading() {
        return with(Recovery.MANUAL, true, rules);
    }

    /** The same, for a repair that was asked for. */
    public Settings forRepair() {
        return with(Recovery.LAZY, readOnly, rules);
    }

    /** The same with other rules. */
    public Settings withRules(Rules others) {
        return with(recovery, readOnly, others);
    }

    private Settings with(Recovery otherRecovery, boolean reading, Rules otherRules) {
        return new Settings(
                sectorSize,
                sectorCount,
                firstSector,
                alignment,
                erased,
                formats,
                redundancy,
                maxEntries,
                gcOnWrite,
                otherRecovery,
                verifyOnRead,
                verifyOnWrite,
                reading,
                otherRules);
    }

    /** Whether an entry may begin or end at an offset. */
    boolean isAligned(int offset) {
        return offset % EntryImage.entryAlignment(alignment) == 0;
    }

    /** The format of a magic number, if it is known. */
    public Optional<EntryFormat> format(int magic) {
        return formats.stream().filter(format -> format.magic() == magic).findFirst();
    }
}
