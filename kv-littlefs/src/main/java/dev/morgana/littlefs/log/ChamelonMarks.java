package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.StoredTime;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagClass;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells whether the root looks like chamelon's work (chamelon page, section 5, "Detecting"): short names, version 2.0, both blocks
 * alike, no creates, a time beside each file. It is a hint and no proof.
 */
public final class ChamelonMarks {
    private static final int NAME_MAX = 32;
    private static final int PIECE_BYTES = 4096;

    private ChamelonMarks() {}

    /**
     * Looks at blocks 0 and 1.
     *
     * @throws DeviceException if the device fails other than by a bad block
     */
    public static boolean areOn(Blocks blocks) throws DeviceException {
        try {
            LogScan first = LogScan.of(blocks.window(0), Dialect.CHAMELON);
            LogScan second = LogScan.of(blocks.window(1), Dialect.CHAMELON);
            boolean formatted = first.revision() == 1 && second.revision() == 2;
            return first.isUsable()
                    && first.state()
                            .superblock()
                            .filter(ChamelonMarks::isTypical)
                            .isPresent()
                    && (formatted || areEqual(blocks, first, second))
                    && tagsAreTypical(blocks.window(0), first);
        } catch (BadBlockException e) {
            return false;
        }
    }

    /** Whether a superblock is as chamelon writes it. */
    public static boolean isTypical(Superblock superblock) {
        return superblock.nameMax() == NAME_MAX
                && superblock.major() == Settings.MAJOR_VERSION
                && superblock.minor() == 0;
    }

    private static boolean areEqual(Blocks blocks, LogScan first, LogScan second) throws DeviceException {
        if (first.endOffset() != second.endOffset()) {
            return false;
        }
        BlockBytes one = blocks.window(0);
        BlockBytes two = blocks.window(1);
        for (int at = 0; at < first.endOffset(); at += PIECE_BYTES) {
            int length = Math.min(PIECE_BYTES, first.endOffset() - at);
            if (!one.read(at, length).equals(two.read(at, length))) {
                return false;
            }
        }
        return true;
    }

    private static boolean tagsAreTypical(BlockBytes block, LogScan scan) throws DeviceException {
        LogReader log = new LogReader(block, Dialect.CHAMELON);
        Set<Integer> files = new HashSet<>();
        Set<Integer> timed = new HashSet<>();
        for (LogItem item = log.next(); item != null && item.offset() < scan.endOffset(); item = log.next()) {
            Tag tag = item.tag();
            if (tag.is(TagType.CREATE)) {
                return false;
            }
            if (tag.is(TagType.FILE_NAME)) {
                files.add(tag.id());
            } else if (tag.tagClass() == TagClass.ATTRIBUTE && tag.chunk() == StoredTime.ATTRIBUTE) {
                timed.add(tag.id());
            }
        }
        return timed.containsAll(files);
    }
}
