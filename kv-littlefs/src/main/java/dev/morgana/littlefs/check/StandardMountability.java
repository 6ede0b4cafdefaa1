package dev.morgana.littlefs.check;

import dev.morgana.littlefs.exam.Survey;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagClass;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.space.BlockSet;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether an image of chamelon could be mounted for writing with the rules of littlefs without harm, and if not, why (semantics
 * page, 2.5, "Converting").
 */
final class StandardMountability {
    /** What stands against it. */
    enum Reason {
        /** There are deletes, which shift ids in littlefs. */
        DELETE("ids after a delete stay where they are"),
        /** A directory is not on the thread, so littlefs would give its blocks away. */
        UNTHREADED("a directory is not on the thread"),
        /** A file has three blocks or more, and so other pointers than littlefs would make. */
        THREE_BLOCK("a file of three blocks or more"),
        /** Names are not in order, so littlefs would not find some. */
        UNSORTED("names are not in order"),
        /** A block is used twice. */
        SHARED_BLOCK("a block is used twice"),
        /** It cannot be mounted at all. */
        MOUNT_FAILS("it does not mount"),
        /** It would be another tree. */
        READS_DIFFERENTLY("it reads differently");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The rule that a finding of this reason breaks. */
        String rule() {
            return RULE_PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The reason in words. */
        String text() {
            return text;
        }
    }

    private static final String RULE_PREFIX = "standard-";
    private static final int BLOCKS_IN_COMMON = 2;
    private static final int COUNT_MASK = 0xffff;

    private final Volume volume;
    private final Settings settings;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private final BlockSet threaded = new BlockSet();

    private StandardMountability(Volume volume, Settings settings) {
        this.volume = volume;
        this.settings = settings.withDialect(Dialect.LITTLEFS);
    }

    /**
     * The reasons against it, in the order of their declaration.
     *
     * @param volume the image by chamelon's rules, with a tree that can be read
     * @param sharesBlocks whether a block was found in use twice
     * @throws StoreException if the tree cannot be read, or the device fails
     */
    static Set<Reason> reasons(Volume volume, Settings settings, boolean sharesBlocks) throws StoreException {
        StandardMountability analysis = new StandardMountability(volume, settings);
        if (sharesBlocks) {
            analysis.reasons.add(Reason.SHARED_BLOCK);
        }
        analysis.readThread();
        analysis.readTree();
        analysis.tryMount();
        return analysis.reasons;
    }

    /** Whether a finding tells one of the reasons. */
    static boolean isReason(Finding finding) {
        return finding.rule().startsWith(RULE_PREFIX);
    }

    private void readThread() throws StoreException {
        Survey survey = Survey.of(volume.blocks().all(), settings);
        for (Survey.Step step : survey.thread()) {
            threaded.add(step.address().first());
            threaded.add(step.address().second());
            MetadataPair pair = survey.volume().pairs().get(step.address(), step.where());
            if (!step.ofSuperblock() && countsTooMany(pair)) {
                reasons.add(Reason.MOUNT_FAILS);
            }
        }
    }

    /**
     * The C driver counts entries in 16 bits and takes deletes of missing ones off as well. Where that wraps, it believes that
     * a name which it looks for has a place in this pair, and the mount ends with NOENT.
     */
    private boolean countsTooMany(MetadataPair pair) throws DeviceException {
        LogReader log = new LogReader(volume.blocks().window(pair.activeBlock()), Dialect.LITTLEFS);
        int count = 0;
        for (LogItem item = log.next(); item != null && item.offset() < pair.endOffset(); item = log.next()) {
            Tag tag = item.tag();
            if (tag.tagClass() == TagClass.NAME) {
                count = Math.max(count, tag.id() + 1);
            } else if (tag.tagClass() == TagClass.SPLICE) {
                count = count + (byte) tag.chunk() & COUNT_MASK;
            }
        }
        return count > Tag.NO_ID;
    }

    private void readTree() throws StoreException {
        Deque<Directory> pending = new ArrayDeque<>();
        Set<BlockPair> visited = new HashSet<>();
        pending.push(Directory.root(volume));
        while (!pending.isEmpty()) {
            Directory directory = pending.pop();
            if (visited.add(directory.first().ordered())) {
                readDirectory(directory, pending);
            }
        }
    }

    private void readDirectory(Directory directory, Deque<Directory> pending) throws StoreException {
        if (!threaded.contains(directory.first().first())
                || !threaded.contains(directory.first().second())) {
            reasons.add(Reason.UNTHREADED);
        }
        FileName last = null;
        for (MetadataPair pair : directory.pairs()) {
            if (hasDelete(pair)) {
                reasons.add(Reason.DELETE);
            }
            last = readNames(pair, last);
        }
        for (DirectoryEntry entry : directory.entries()) {
            if (entry.entry().isDirectory()) {
                pending.push(Directory.of(volume, entry));
            }
        }
    }

    private @Nullable FileName readNames(MetadataPair pair, @Nullable FileName before) {
        FileName last = before;
        for (MetadataEntry entry : pair.state().entries()) {
            if (entry.isVisible()) {
                if (last != null && last.compareTo(entry.name()) >= 0) {
                    reasons.add(Reason.UNSORTED);
                }
                last = entry.name();
            }
            if (entry.struct() instanceof EntryStruct.Ctz ctz
                    && volume.ctzLayout().blocks(ctz.head().size()) > BLOCKS_IN_COMMON) {
                reasons.add(Reason.THREE_BLOCK);
            }
        }
        return last;
    }

    private boolean hasDelete(MetadataPair pair) throws DeviceException {
        LogReader log = new LogReader(volume.blocks().window(pair.activeBlock()), Dialect.CHAMELON);
        for (LogItem item = log.next(); item != null && item.offset() < pair.endOffset(); item = log.next()) {
            if (item.tag().is(TagType.DELETE)) {
                return true;
            }
        }
        return false;
    }

    private void tryMount() throws StoreException {
        try {
            Volume standard = Mount.mount(volume.blocks().all(), settings);
            if (reasons.isEmpty() && !TreeComparison.areEqual(volume, standard)) {
                reasons.add(Reason.READS_DIFFERENTLY);
            }
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            reasons.add(Reason.MOUNT_FAILS);
        }
    }
}
