package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.PeerError;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes room (section 17). Files that are merged in one go take the place of the oldest of them. Where the free pages do not
 * suffice for that, the two oldest are merged step by step, as the reference implementation does: the destination takes the
 * smaller keys, the sources give up what they have consumed, and each step is a commit.
 */
final class Compaction {
    private final TreeState state;

    /** The only file of a tree that was compacted; there is nothing outdated in it. */
    private @Nullable LsmFile compacted;

    /** The bytes of the largest record that was merged since a merge began; those of any record if that was not seen. */
    private long largest;

    Compaction(TreeState state) {
        this.state = state;
        this.largest = largestPossible();
    }

    private long largestPossible() {
        return shape().recordHeaderBytes() + (long) shape().maxKeySize() + shape().maxValueSize();
    }

    /** The bytes of the largest record in a tree that was compacted, else of any record. */
    long largestRecord() {
        List<Integer> numbers = state.table().numbers();
        return isOutdated(state.table(), numbers) ? largestPossible() : largest;
    }

    private Shape shape() {
        return state.shape();
    }

    /** One step towards more free pages; false if there is nothing to gain, or no room to gain it. */
    boolean step() throws StoreException {
        FileTable table = state.table();
        if (table.isCompacting()) {
            return resume(table);
        }
        List<Integer> numbers = table.numbers();
        List<Integer> wasteful = wasteful(table, numbers);
        if (!wasteful.isEmpty()) {
            return mergeAtOnce(table, wasteful);
        }
        return isOutdated(table, numbers) && merge(table, numbers);
    }

    /** Merges everything into one file. */
    void compactFully() throws StoreException {
        FileTable table = state.table();
        while (isOutdated(table, table.numbers())) {
            boolean progress = table.isCompacting() ? resume(table) : merge(table, table.numbers());
            if (!progress) {
                throw PeerError.FULL.on(new NoSpaceException("compaction"));
            }
            table = state.table();
        }
    }

    private boolean isOutdated(FileTable table, List<Integer> numbers) {
        return numbers.size() > 1 || (numbers.size() == 1 && table.file(numbers.get(0)) != compacted);
    }

    /** The newest files whose half-empty last pages make it worth while to merge them; none if that gains little. */
    private List<Integer> wasteful(FileTable table, List<Integer> numbers) throws DeviceException {
        List<Integer> best = List.of();
        double most = 0.5;
        long bytes = 0;
        int pages = 0;
        for (int from = numbers.size() - 1; from >= 0; from--) {
            LsmFile file = table.present(numbers.get(from));
            bytes += file.bytes();
            pages += file.pageCount();
            int needed = FileWriter.pagesFor(shape(), bytes);
            double gain = (double) (pages - needed) / needed;
            if (gain >= most && fits(needed)) {
                most = gain;
                best = numbers.subList(from, numbers.size());
            }
        }
        return best;
    }

    /** Pages that are being read stay taken, so that nothing is won before the reserve is spent. */
    private boolean fits(int pages) throws DeviceException {
        int reserve = state.isHeldUp() ? shape().minFreePages() : 1;
        return pages + reserve <= state.freePages();
    }

    private boolean merge(FileTable table, List<Integer> numbers) throws StoreException {
        List<Integer> newer = numbers.subList(1, numbers.size());
        if (fits(pagesOf(table, numbers))) {
            return mergeAtOnce(table, numbers);
        }
        if (newer.size() > 1 && fits(pagesOf(table, newer))) {
            return mergeAtOnce(table, newer);
        }
        int older = bestPair(table, numbers);
        int sources = older == 0 ? oldestSources(table, numbers.size()) : 2;
        if (!isSpreadable(table, older, sources)) {
            return false;
        }
        FileTable spread = spread(table, older, sources);
        largest = 0;
        List<Integer> places = spread.numbers().subList(older, older + sources);
        return advance(spread, older == 0 ? 0 : older + 1, places);
    }

    /** Two, or more where the reference implementation has filled so many places that the others would not find one. */
    private int oldestSources(FileTable table, int files) {
        int most = Math.min(files, shape().branchingFactor());
        int sources = Math.min(2, files);
        while (sources < most && !isSpreadable(table, 0, sources)) {
            sources++;
        }
        return sources;
    }

    /** The pair of neighbours that gives up most for what it costs; returns how many files are older. */
    private int bestPair(FileTable table, List<Integer> numbers) {
        double all = table.present(numbers.get(0)).bytes();
        int best = 0;
        double most = 0;
        for (int older = 0; older + 1 < numbers.size() && isSpreadable(table, older, 2); older++) {
            LsmFile left = table.present(numbers.get(older));
            LsmFile right = table.present(numbers.get(older + 1));
            // the oldest file has nearly every key, so that all of a newer one is in it too
            double outdated = (double) left.bytes() * right.bytes() / Math.max(all, (double) left.bytes());
            int pages = left.pageCount() + right.pageCount();
            double gain = (outdated + waste(left) + waste(right)) / pages;
            if (gain > most) {
                most = gain;
                best = older;
            }
        }
        return best;
    }

    private long waste(LsmFile file) {
        return (long) file.pageCount() * shape().writtenPayload() - file.bytes();
    }

    /**
     * Numbers files so that the sources of a compaction have a level to themselves, the destination is the last file of the
     * level above, and newer files begin in the level below: as the reference implementation wants them, whoever ends the
     * compaction.
     */
    private FileTable spread(FileTable table, int older, int sources) {
        List<Integer> numbers = table.numbers();
        FileTable spread = table.without(numbers);
        for (int i = 0; i < numbers.size(); i++) {
            int place = i < older
                    ? i + 1
                    : i < older + sources
                            ? sourcesFrom(older) + i - older
                            : restFrom(older, sources) + i - older - sources;
            spread = spread.with(place, table.present(numbers.get(i)));
        }
        return spread;
    }

    /** The first number of the level below that of the destination. */
    private int sourcesFrom(int older) {
        int levels = older == 0 ? 0 : older / shape().branchingFactor() + 1;
        return 1 + levels * shape().branchingFactor();
    }

    private int restFrom(int older, int sources) {
        int level = shape().branchingFactor();
        return sourcesFrom(older) + (sources + level - 1) / level * level;
    }

    private boolean isSpreadable(FileTable table, int older, int sources) {
        int rest = table.numbers().size() - older - sources;
        return rest == 0 || restFrom(older, sources) + rest <= table.length();
    }

    private int pagesOf(FileTable table, List<Integer> numbers) {
        long bytes = 0;
        for (int number : numbers) {
            bytes += table.present(number).bytes();
        }
        return FileWriter.pagesFor(shape(), bytes);
    }

    private boolean mergeAtOnce(FileTable table, List<Integer> numbers) throws StoreException {
        boolean oldest = numbers.get(0).equals(table.numbers().get(0));
        Merge merge = records(table, numbers);
        FileWriter writer = state.freshFile();
        BitSet givenUp = new BitSet();
        for (int number : numbers) {
            givenUp.or(table.present(number).pagesBefore(table.present(number).end()));
        }
        largest = 0;
        LsmFile file;
        try {
            for (LsmRecord record = merge.next(); record != null; record = merge.next()) {
                if (!oldest || !record.isTombstone()) {
                    writer.add(record);
                    largest = Math.max(largest, RecordBytes.length(shape(), record));
                }
            }
            file = writer.finish();
        } catch (StoreException e) {
            state.abandon(writer);
            throw e;
        }
        state.commit(table.without(numbers).with(numbers.get(0), file), writer.written(), givenUp);
        compacted = oldest && table.numbers().size() == numbers.size() ? file : compacted;
        return true;
    }

    private Merge records(FileTable table, List<Integer> numbers) throws StoreException {
        List<RecordSource> newestFirst = new ArrayList<>();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            newestFirst.add(FileScan.all(new FileReader(table.present(numbers.get(i)), state.payloads())));
        }
        return new Merge(newestFirst, Direction.FORWARD);
    }

    /** Goes on with a compaction that an earlier step, or the reference implementation, began. */
    private boolean resume(FileTable table) throws StoreException {
        List<Integer> destinations = table.flagged(MetaEntry.DESTINATION);
        List<Integer> sources = table.flagged(MetaEntry.SOURCE);
        if (destinations.size() != 1 || sources.isEmpty() || sources.get(0) <= destinations.get(0)) {
            Pages pages = state.pages();
            throw pages.corrupt(
                    state.metaPage(),
                    shape().metaStart(),
                    "meta log",
                    "one destination of a compaction, older than its sources",
                    "destinations " + destinations + ", sources " + sources);
        }
        return advance(table, destinations.get(0), sources);
    }

    /** Merges as much as there is room for. */
    private boolean advance(FileTable table, int destination, List<Integer> sources) throws StoreException {
        LsmFile base = table.file(destination);
        boolean oldest = table.numbers().stream().noneMatch(number -> number < destination);
        FileWriter writer = base == null ? state.freshFile() : state.filling(base);
        int most = state.freePages() - (state.isHeldUp() ? shape().minFreePages() : 1);
        Merge merge = records(table, sources);
        boolean progress = false;
        LsmFile merged;
        try {
            LsmRecord record = merge.peek();
            while (record != null && ((oldest && record.isTombstone()) || writer.hasRoom(record, most))) {
                if (!oldest || !record.isTombstone()) {
                    writer.add(record);
                    largest = Math.max(largest, RecordBytes.length(shape(), record));
                }
                merge.next();
                progress = true;
                record = merge.peek();
            }
            merged = progress ? writer.finish() : null;
        } catch (StoreException e) {
            state.abandon(writer);
            throw e;
        }
        if (!progress) {
            return false;
        }
        BitSet givenUp = writer.replaced();
        FileTable next = consumed(table, sources, merge, merged != null, givenUp);
        next = settled(next, destination, merged, merge.peek() == null);
        state.commit(next, writer.written(), givenUp);
        return true;
    }

    /** The sources without what was consumed. */
    private FileTable consumed(FileTable table, List<Integer> sources, Merge merge, boolean flagged, BitSet givenUp) {
        FileTable next = table;
        int flags = flagged ? MetaEntry.SOURCE : 0;
        for (int i = 0; i < sources.size(); i++) {
            LsmFile source = table.present(sources.get(i));
            StoredRecord head = (StoredRecord) merge.head(sources.size() - 1 - i);
            long position = head == null ? source.end() : head.position();
            givenUp.or(source.pagesBefore(position));
            next = next.with(sources.get(i), head == null ? null : source.truncated(position), flags);
        }
        return next;
    }

    /** The destination with what was merged; file 0 becomes file 1 at the end. */
    private FileTable settled(FileTable table, int destination, @Nullable LsmFile merged, boolean done) {
        if (!done) {
            return table.with(destination, merged, MetaEntry.DESTINATION);
        }
        int place = destination == 0 && table.file(1) == null ? 1 : destination;
        FileTable next = table.with(destination, null).with(place, merged);
        compacted = next.numbers().size() == 1 ? merged : compacted;
        return next;
    }

    /**
     * Merges files until so many pages can be taken without touching the reserve.
     *
     * @throws NoSpaceException if they cannot
     */
    void makeRoom(int pages) throws StoreException {
        while (!state.hasRoom(pages)) {
            if (!step()) {
                throw state.full((long) pages * shape().payload());
            }
        }
    }
}
