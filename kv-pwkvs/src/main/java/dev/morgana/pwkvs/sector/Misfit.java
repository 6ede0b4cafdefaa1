package dev.morgana.pwkvs.sector;

import java.util.Optional;

/**
 * Signs that a store is seen with wrong options rather than damaged: a repair would then erase what is intact (section 23.3).
 * Neither power cuts nor single flipped bits leave them.
 */
final class Misfit {
    private final Settings settings;
    private boolean foreign;
    private boolean tooManyKeys;
    private int gaps;
    private int strangeStarts;
    private boolean behindGap;
    private boolean behindStrangeStart;

    Misfit(Settings settings) {
        this.settings = settings;
    }

    void beginSector() {
        behindGap = false;
        behindStrangeStart = false;
    }

    /** There is an intact entry of a format that is not known. */
    void foreignEntry() {
        foreign = true;
    }

    /** There is an intact entry of one key too many. */
    void surplusKey() {
        tooManyKeys = true;
    }

    /** Erased flash where the log would go on, with something behind it. */
    void gap(int offset) {
        behindGap = offset > 0;
    }

    /** Something that is no entry; at the start of a sector it may be the middle of one. */
    void noEntry(int offset) {
        behindStrangeStart |= offset == 0;
    }

    /** An intact entry, perhaps behind one of these. */
    void intactEntry() {
        gaps += behindGap ? 1 : 0;
        strangeStarts += behindStrangeStart ? 1 : 0;
        beginSector();
    }

    /** Why the options look wrong, if they do. */
    Optional<String> reason() {
        if (foreign) {
            return Optional.of("intact entries of other formats than " + settings.formats());
        }
        if (tooManyKeys) {
            return Optional.of("more keys than maxEntries=" + settings.maxEntries());
        }
        if (gaps > 0 || strangeStarts > 0) {
            return Optional.of("logs that do not begin and end as in sectors of " + settings.sectorSize() + " bytes");
        }
        return Optional.empty();
    }
}
