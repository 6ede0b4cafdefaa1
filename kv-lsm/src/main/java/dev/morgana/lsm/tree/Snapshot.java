package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One state of the tree, as long as it is open. Safe for use by many threads. */
public final class Snapshot implements AutoCloseable {
    private final FileTable table;
    private final PayloadReader payloads;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    Snapshot(FileTable table, PayloadReader payloads, Runnable release) {
        this.table = table;
        this.payloads = payloads;
        this.release = release;
    }

    /** The files of this state. */
    public FileTable table() {
        return table;
    }

    /** What a key is bound to. */
    public Optional<LsmRecord> find(byte[] key) throws StoreException {
        return find(table, payloads, key);
    }

    static Optional<LsmRecord> find(FileTable table, PayloadReader payloads, byte[] key) throws StoreException {
        for (LsmFile file : table.newestFirst()) {
            Optional<StoredRecord> found = new FileReader(file, payloads).find(key);
            if (found.isPresent()) {
                return found.get().isTombstone() ? Optional.empty() : Optional.of(found.get());
            }
        }
        return Optional.empty();
    }

    /** The record of a key in one file, which may be a tombstone. */
    public Optional<LsmRecord> find(LsmFile file, byte[] key) throws StoreException {
        return new FileReader(file, payloads).find(key).map(record -> record);
    }

    /** Reads a page of a file, and verifies its checksums and its length. */
    public void verify(LsmFile file, int index) throws StoreException {
        int wanted = (int) (file.end(index) - file.start(index));
        byte[] payload = payloads.payload(file, index);
        if (payload.length < wanted) {
            throw payloads.pages()
                    .corrupt(
                            file.page(index),
                            payloads.pages().shape().dataStart(),
                            "data page",
                            "payload of " + wanted + " bytes, up to where the next page begins",
                            payload.length + " bytes");
        }
    }

    /** The live records of a range in order. */
    public Scan scan(KeyRange range, Direction direction) throws StoreException {
        return scan(range, direction, new Batch(), List.of());
    }

    /** The live records of a range in order, with changes over them: a batch, and older ones in runs, the newest first. */
    Scan scan(KeyRange range, Direction direction, Batch changes, List<LsmFile> runs) throws StoreException {
        List<LsmFile> files = new ArrayList<>(runs);
        files.addAll(table.newestFirst());
        List<RecordSource> newestFirst = new ArrayList<>();
        newestFirst.add(changes.source(direction));
        for (LsmFile file : files) {
            newestFirst.add(source(new FileReader(file, payloads), range, direction));
        }
        return new Scan(new Merge(newestFirst, direction), range, direction);
    }

    private static RecordSource source(FileReader reader, KeyRange range, Direction direction) throws StoreException {
        if (direction == Direction.FORWARD) {
            return range.from() == null ? FileScan.all(reader) : FileScan.around(reader, range.from());
        }
        return range.to() == null ? ReverseFileScan.all(reader) : ReverseFileScan.around(reader, range.to());
    }

    /** Every record of one file, tombstones included. */
    public void forEach(LsmFile file, RecordVisitor visitor) throws StoreException {
        FileScan scan = FileScan.all(new FileReader(file, payloads));
        for (LsmRecord record = scan.next(); record != null; record = scan.next()) {
            visitor.visit(record);
        }
    }

    /** Takes records. */
    public interface RecordVisitor {
        void visit(LsmRecord record) throws StoreException;
    }

    /** Lets the tree reuse the pages of this state. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
