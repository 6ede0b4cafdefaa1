package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a batch into the tree, at the least cost: into the last page of the newest file, behind it, into a file of its own, or
 * together with the newest small files.
 */
final class Insertion {
    /** Fewer are not worth it before they must be merged. */
    private static final int LEAST_MERGED = 2;

    private final TreeState state;

    /** A file whose last page a failed write may have changed; it is rewritten, never continued. */
    private @Nullable LsmFile doubtful;

    Insertion(TreeState state) {
        this.state = state;
    }

    private Shape shape() {
        return state.shape();
    }

    /** Makes the changes durable, unless that leaves less free pages than the reserve. */
    boolean tryInsert(Batch batch, int reserve) throws StoreException {
        FileTable table = state.table();
        List<Integer> loose = loose(table);
        if (isAscending(table, loose, batch)) {
            int newest = last(loose);
            // an append takes no page, but what it adds takes one when it is merged
            boolean appended = state.freePages() >= reserve && append(table, newest, batch);
            return appended || extend(table, newest, batch, reserve);
        }
        int merged = mergedFiles(table, loose, batch);
        if (merged > 0 && insert(table, loose.subList(loose.size() - merged, loose.size()), batch, reserve)) {
            return true;
        }
        return hasSlot(table) && !isDoubtful(table, loose) && insert(table, List.of(), batch, reserve);
    }

    /** Tells whether nothing in a batch is larger than what it replaces. */
    boolean isShrinking(Batch batch) throws StoreException {
        for (LsmRecord change : batch.records()) {
            Optional<LsmRecord> old = state.find(change.key());
            if (old.isEmpty() || change.valueLength() > old.get().valueLength()) {
                return false;
            }
        }
        return true;
    }

    /** The files that are newer than a compaction under way: these can be changed. Ascending. */
    private static List<Integer> loose(FileTable table) {
        List<Integer> loose = new ArrayList<>();
        for (int number : table.numbers()) {
            if (!table.isCompacting() || table.flags(number) == 0) {
                loose.add(number);
            } else {
                loose.clear();
            }
        }
        return loose;
    }

    private static int last(List<Integer> numbers) {
        return numbers.get(numbers.size() - 1);
    }

    private boolean isDoubtful(FileTable table, List<Integer> loose) {
        return !loose.isEmpty() && table.present(last(loose)) == doubtful;
    }

    private boolean isAscending(FileTable table, List<Integer> loose, Batch batch) throws StoreException {
        // behind a write that was cut the page may look as if it had another chunk
        if (loose.isEmpty()
                || isDoubtful(table, loose)
                || !table.present(last(loose)).tail().appendable()) {
            return false;
        }
        LsmRecord newest = ReverseFileScan.all(new FileReader(table.present(last(loose)), state.payloads()))
                .next();
        return newest != null && Arrays.compareUnsigned(newest.key(), batch.firstKey()) < 0;
    }

    /**
     * Appends a chunk to the last page of a file. The end of a file is not in the meta log, so that the chunk is the commit
     * (section 25).
     */
    private boolean append(FileTable table, int number, Batch batch) throws StoreException {
        LsmFile file = table.present(number);
        LsmFile.Tail tail = file.tail();
        int place = tail.offset();
        long length = batch.bytes(shape());
        int room = Math.min(shape().maxWrittenChunk(), shape().pageSize() - place - shape().chunkHeaderBytes());
        if (length > room || length > shape().payload() - lastPayload(file)) {
            return false;
        }
        byte[] records = records(batch, (int) length);
        int page = file.lastPage();
        byte[] old = state.payloads().payload(file, file.pageCount() - 1);
        byte[] chunk = Chunks.encode(shape(), records, 0, records.length);
        program(file, page, place, chunk);
        byte[] payload = Arrays.copyOf(old, lastPayload(file) + records.length);
        System.arraycopy(records, 0, payload, lastPayload(file), records.length);
        state.remember(page, payload);
        LsmFile.Tail longer = new LsmFile.Tail(tail.end() + length, place + chunk.length, true, tail.skipList());
        state.publish(table.with(number, file.withTail(longer), table.flags(number)));
        return true;
    }

    private static int lastPayload(LsmFile file) {
        return (int) (file.end() - file.start(file.pageCount() - 1));
    }

    private byte[] records(Batch batch, int length) throws StoreException {
        byte[] bytes = new byte[length];
        int place = 0;
        for (LsmRecord record : batch.records()) {
            place = RecordBytes.write(shape(), record, bytes, place);
        }
        assert place == length : place;
        return bytes;
    }

    private void program(LsmFile file, int page, int place, byte[] chunk) throws DeviceException {
        Pages pages = state.pages();
        int unit = Chunks.commitUnit(shape());
        doubtful = file;
        pages.program(page, place, chunk, unit, chunk.length);
        pages.program(page, place, chunk, 0, unit);
        pages.sync();
        doubtful = null;
    }

    /** Continues a file with new pages. */
    private boolean extend(FileTable table, int number, Batch batch, int reserve) throws StoreException {
        int needed = FileWriter.pagesFor(shape(), batch.bytes(shape()));
        if (!isFree(needed, 0, reserve)) {
            return false;
        }
        FileWriter writer = state.behind(table.present(number));
        return write(writer, batch.source(Direction.FORWARD), false, file -> table.with(number, file), new BitSet());
    }

    /** Whether the pages are there, and enough stay free once those that are given up are free. */
    private boolean isFree(int needed, int givenUp, int reserve) throws DeviceException {
        int free = state.freePages();
        int later = state.isHeldUp() ? 0 : givenUp;
        return needed + 1 <= free && free - needed + later >= reserve;
    }

    /**
     * How many of the newest files are merged with a batch. None, as long as there may be more files; else those of which each
     * is no larger than all that is newer, so that each record is rewritten a logarithmic number of times. As many as fit into
     * the free pages, where this is the last chance for them: step by step only the oldest can be merged, which costs more.
     */
    private int mergedFiles(FileTable table, List<Integer> loose, Batch batch) throws DeviceException {
        long batchBytes = batch.bytes(shape());
        int lastChance = lastChance(table, loose, batchBytes);
        if (lastChance > 0) {
            return lastChance;
        }
        boolean must = isDoubtful(table, loose) || !hasSlot(table);
        if (!must && table.numbers().size() < mostFiles()) {
            return 0;
        }
        long newer = batchBytes;
        int merged = 0;
        while (merged < loose.size()) {
            long bytes = table.present(loose.get(loose.size() - 1 - merged)).bytes();
            if (merged > 0 && bytes > newer) {
                break;
            }
            newer += bytes;
            merged++;
        }
        return merged;
    }

    /** How many of the newest files still fit into the free pages together, if another batch like this one ends that. */
    private int lastChance(FileTable table, List<Integer> loose, long batchBytes) throws DeviceException {
        int free = state.freePages();
        int batchPages = FileWriter.pagesFor(shape(), batchBytes);
        long newer = batchBytes;
        int most = 0;
        int pages = 0;
        while (most < loose.size() - 1) {
            newer += table.present(loose.get(loose.size() - 1 - most)).bytes();
            int needed = FileWriter.pagesFor(shape(), newer);
            if (needed >= free) {
                break;
            }
            pages = needed;
            most++;
        }
        return most >= LEAST_MERGED && pages + batchPages >= free - batchPages ? most : 0;
    }

    /** So many files leave room for a compaction of the two oldest, in a level of their own. */
    private int mostFiles() {
        return Math.max(2, shape().files() + 1 - shape().branchingFactor());
    }

    private boolean hasSlot(FileTable table) {
        return hasSlots(table, 1);
    }

    /** Whether there are places for some more files, above all others, which may be moved down for it. */
    private boolean hasSlots(FileTable table, int more) {
        List<Integer> numbers = table.numbers();
        int newest = numbers.isEmpty() ? 0 : last(numbers);
        return newest + more < table.length() || (!table.isCompacting() && numbers.size() + more < table.length());
    }

    /** How many runs a transaction may have, so that there is a place for each once older files are merged. */
    int mostRuns() {
        return mostFiles() / 2;
    }

    /** Makes the runs of a transaction count, as the newest files, unless places or the reserve of pages are lacking. */
    boolean tryPublish(Runs runs) throws StoreException {
        FileTable table = state.table();
        List<Integer> loose = loose(table);
        int reserve = shape().minFreePages();
        if (isDoubtful(table, loose) && !insert(table, List.of(last(loose)), new Batch(), reserve)) {
            return false; // what may be past its end must not count for longer than what comes now
        }
        FileTable next = state.table();
        boolean fits = hasSlots(next, runs.count()) && next.numbers().size() + runs.count() <= mostFiles();
        if (!fits || state.freePages() < reserve) {
            return false;
        }
        for (LsmFile run : runs.oldestFirst()) {
            next = stacked(next, run);
        }
        state.commit(next, runs.handOver(), new BitSet());
        return true;
    }

    /** Writes a new file from a batch and some of the newest files, in whose place it comes. */
    private boolean insert(FileTable table, List<Integer> sources, Batch batch, int reserve) throws StoreException {
        long bytes = batch.bytes(shape());
        BitSet givenUp = new BitSet();
        List<RecordSource> newestFirst = new ArrayList<>();
        newestFirst.add(batch.source(Direction.FORWARD));
        for (int i = sources.size() - 1; i >= 0; i--) {
            LsmFile file = table.present(sources.get(i));
            bytes += file.bytes();
            givenUp.or(file.pagesBefore(file.end()));
            newestFirst.add(FileScan.all(new FileReader(file, state.payloads())));
        }
        if (!isFree(FileWriter.pagesFor(shape(), bytes), givenUp.cardinality(), reserve)) {
            return false;
        }
        boolean oldest = sources.size() == table.numbers().size();
        return write(
                state.freshFile(),
                new Merge(newestFirst, Direction.FORWARD),
                oldest,
                file -> placed(table, sources, file),
                givenUp);
    }

    private FileTable placed(FileTable table, List<Integer> sources, @Nullable LsmFile file) {
        return sources.isEmpty() ? stacked(table, file) : table.without(sources).with(sources.get(0), file);
    }

    /** A table with one more file, the newest. */
    private FileTable stacked(FileTable table, @Nullable LsmFile file) {
        List<Integer> numbers = table.numbers();
        if (numbers.isEmpty()) {
            return table.with(1, file);
        }
        if (last(numbers) < table.length() - 1) {
            return table.with(last(numbers) + 1, file);
        }
        return table.renumbered(numbers, 1).with(numbers.size() + 1, file);
    }

    /** Where a file goes. */
    private interface Placement {
        FileTable place(@Nullable LsmFile file);
    }

    private boolean write(FileWriter writer, RecordSource records, boolean oldest, Placement placement, BitSet givenUp)
            throws StoreException {
        LsmFile file;
        try {
            for (LsmRecord record = records.next(); record != null; record = records.next()) {
                if (!oldest || !record.isTombstone()) {
                    writer.add(record);
                }
            }
            file = writer.finish();
        } catch (StoreException e) {
            state.abandon(writer);
            throw e;
        }
        state.commit(placement.place(file), writer.written(), givenUp);
        doubtful = null;
        return true;
    }
}
