package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is too large for memory of a transaction: sorted files on pages to which nothing refers before the commit, so that a
 * power loss leaves them free. A batch whose keys are all above those of the newest run goes on with it; any other begins a
 * run. Owned by the writer.
 */
final class Runs {
    private final TreeState state;
    private final Compaction compaction;

    /** The oldest first: a newer one counts before an older one. */
    private final List<Run> runs = new ArrayList<>();

    /** A run, and between which keys its records are. */
    private record Run(LsmFile file, byte[] firstKey, byte[] lastKey) {
        boolean mayHave(byte[] key) {
            return Arrays.compareUnsigned(firstKey, key) <= 0 && Arrays.compareUnsigned(key, lastKey) <= 0;
        }

        long bytes() {
            return file.bytes();
        }

        BitSet pages() {
            return file.pagesBefore(file.end());
        }
    }

    Runs(TreeState state, Compaction compaction) {
        this.state = state;
        this.compaction = compaction;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    int count() {
        return runs.size();
    }

    List<LsmFile> oldestFirst() {
        return runs.stream().map(Run::file).toList();
    }

    List<LsmFile> newestFirst() {
        List<LsmFile> reversed = new ArrayList<>(oldestFirst());
        Collections.reverse(reversed);
        return reversed;
    }

    /** The bytes of all records. */
    long bytes() {
        return runs.stream().mapToLong(Run::bytes).sum();
    }

    /** What the runs say of a key, which may be that it is deleted; empty if they say nothing. */
    Optional<StoredRecord> find(byte[] key) throws StoreException {
        for (int i = runs.size() - 1; i >= 0; i--) {
            Run run = runs.get(i);
            if (run.mayHave(key)) {
                Optional<StoredRecord> found = new FileReader(run.file, state.payloads()).find(key);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Writes a batch that is not empty. The last page of a run is never replaced, since it may be being read.
     *
     * @throws dev.morgana.spi.error.NoSpaceException if there is none, also after compaction; the runs are as before
     */
    void add(Batch batch) throws StoreException {
        compaction.makeRoom(FileWriter.pagesFor(state.shape(), batch.bytes(state.shape())));
        Run newest = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        RecordSource records = batch.source(Direction.FORWARD);
        if (newest != null && Arrays.compareUnsigned(newest.lastKey, batch.firstKey()) < 0) {
            LsmFile longer = state.written(state.behind(newest.file), records);
            runs.set(runs.size() - 1, new Run(longer, newest.firstKey, batch.lastKey()));
        } else {
            runs.add(new Run(state.written(state.freshFile(), records), batch.firstKey(), batch.lastKey()));
        }
    }

    /** Merges the two neighbours that have the fewest bytes; false if there are no two, or no room. */
    boolean mergeSmallest() throws StoreException {
        if (runs.size() < 2) {
            return false;
        }
        int older = 0;
        for (int i = 1; i + 1 < runs.size(); i++) {
            older = bytesOfPair(i) < bytesOfPair(older) ? i : older;
        }
        if (!state.hasRoom(FileWriter.pagesFor(state.shape(), bytesOfPair(older)))) {
            return false;
        }
        Run left = runs.get(older);
        Run right = runs.get(older + 1);
        Merge merge = new Merge(List.of(all(right), all(left)), Direction.FORWARD);
        LsmFile merged = state.written(state.freshFile(), merge);
        runs.remove(older + 1);
        runs.set(
                older,
                new Run(
                        merged,
                        Collections.min(List.of(left.firstKey, right.firstKey), Arrays::compareUnsigned),
                        Collections.max(List.of(left.lastKey, right.lastKey), Arrays::compareUnsigned)));
        BitSet givenUp = left.pages();
        givenUp.or(right.pages());
        state.retire(givenUp);
        return true;
    }

    private long bytesOfPair(int older) {
        return runs.get(older).bytes() + runs.get(older + 1).bytes();
    }

    private FileScan all(Run run) {
        return FileScan.all(new FileReader(run.file, state.payloads()));
    }

    /** Gives up the runs, and answers their pages. */
    BitSet handOver() {
        BitSet pages = new BitSet();
        runs.forEach(run -> pages.or(run.pages()));
        runs.clear();
        return pages;
    }
}
