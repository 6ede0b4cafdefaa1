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
    private final Tree tree;
    private final List<LsmFile> files = new ArrayList<>();

    /** The last key of the newest run. */
    private byte[] lastKey = {};

    Runs(Tree tree) {
        this.tree = tree;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    int count() {
        return files.size();
    }

    /** The runs, the oldest first: a newer one counts before an older one. */
    List<LsmFile> files() {
        return Collections.unmodifiableList(files);
    }

    List<LsmFile> newestFirst() {
        List<LsmFile> reversed = new ArrayList<>(files);
        Collections.reverse(reversed);
        return reversed;
    }

    /** What the runs say of a key, which may be that it is deleted; empty if they say nothing. */
    Optional<StoredRecord> find(byte[] key) throws StoreException {
        for (LsmFile file : newestFirst()) {
            Optional<StoredRecord> found = new FileReader(file, tree.payloads()).find(key);
            if (found.isPresent()) {
                return found;
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
        tree.makeRoom(FileWriter.pagesFor(tree.shape(), batch.bytes(tree.shape())));
        int newest = files.size() - 1;
        boolean goesOn = newest >= 0 && Arrays.compareUnsigned(lastKey, batch.firstKey()) < 0;
        FileWriter writer = goesOn ? tree.behind(files.get(newest)) : tree.freshFile();
        LsmFile file = tree.written(writer, batch.source(Direction.FORWARD));
        if (goesOn) {
            files.set(newest, file);
        } else {
            files.add(file);
        }
        lastKey = batch.lastKey();
    }

    /** Merges the two neighbours that have the fewest bytes; false if there are no two, or no room. */
    boolean mergeSmallest() throws StoreException {
        if (files.size() < 2) {
            return false;
        }
        int older = 0;
        for (int i = 1; i + 1 < files.size(); i++) {
            older = bytesOfPair(i) < bytesOfPair(older) ? i : older;
        }
        if (!tree.hasRoom(FileWriter.pagesFor(tree.shape(), bytesOfPair(older)))) {
            return false;
        }
        LsmFile left = files.get(older);
        LsmFile right = files.get(older + 1);
        Merge merge = new Merge(List.of(all(right), all(left)), Direction.FORWARD);
        LsmFile merged = tree.written(tree.freshFile(), merge);
        files.remove(older + 1);
        files.set(older, merged);
        if (older == files.size() - 1) {
            lastKey = tree.lastKey(merged);
        }
        BitSet givenUp = left.pagesBefore(left.end());
        givenUp.or(right.pagesBefore(right.end()));
        tree.retire(givenUp);
        return true;
    }

    private long bytesOfPair(int older) {
        return files.get(older).bytes() + files.get(older + 1).bytes();
    }

    private FileScan all(LsmFile file) {
        return FileScan.all(new FileReader(file, tree.payloads()));
    }

    /** Gives up the runs, and answers their pages. */
    BitSet handOver() {
        BitSet pages = new BitSet();
        files.forEach(file -> pages.or(file.pagesBefore(file.end())));
        files.clear();
        return pages;
    }
}
