package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Batch;
import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.Transactions;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An open store. */
public final class EkvStore implements FlatStore, Transactions, AtomicBatch, OrderedScan, Compaction {
    private final Tree tree;
    private final Settings settings;
    private final Checks checks;
    private final StoreLife life;
    private final WriteTurn turn;
    private final Facets tools;

    /** A store that owns the device of its tree. What it says against being closed goes to the consumer. */
    public EkvStore(Tree tree, Settings settings, Consumer<DeviceException> closeFailures) {
        this.tree = tree;
        this.settings = settings;
        this.checks = new Checks(settings);
        this.life = StoreLife.shared(List.of(tree.pages().device()), closeFailures);
        this.turn = new WriteTurn(life);
        this.tools = ImageTools.of(tree.pages(), settings, life, turn, () -> tree);
    }

    @Override
    public StoreInfo info() {
        life.requireOpen();
        return Descriptions.of(tree, settings);
    }

    /** How the store was opened. */
    public Settings settings() {
        return settings;
    }

    /** Refuses a key that is longer than a key can be. */
    public void requireKey(byte[] key) throws LimitExceededException {
        checks.requireKey(key);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        life.requireOpen();
        return type.isInstance(this) ? Optional.of(type.cast(this)) : tools.facet(type);
    }

    @Override
    public ReadTransaction read() throws StoreException {
        return life.reading(() -> new Reading(life, tree.snapshot()));
    }

    @Override
    public WriteTransaction write() throws StoreException {
        life.requireOpen();
        checks.requireWritable("write");
        turn.take();
        return new Writing(life, turn, tree.change(settings.transactionBytes()), settings);
    }

    /** Refuses a change where nothing may be written, or the store is closed. */
    void requireWritable(String operation) throws StoreException {
        life.requireOpen();
        checks.requireWritable(operation);
    }

    /** What to do with a record of the present state. */
    private interface Use<T> {
        T of(LsmRecord record) throws StoreException;
    }

    private <T> Optional<T> find(byte[] key, Use<T> use) throws StoreException {
        return life.reading(() -> {
            try (Snapshot snapshot = tree.snapshot()) {
                Optional<LsmRecord> record = snapshot.find(key);
                return record.isEmpty() ? Optional.empty() : Optional.of(use.of(record.get()));
            }
        });
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return find(key, LsmRecord::value);
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return life.reading(() -> {
            Snapshot snapshot = tree.snapshot();
            Optional<LsmRecord> record;
            try {
                record = snapshot.find(key);
            } catch (StoreException e) {
                snapshot.close();
                throw e;
            }
            if (record.isEmpty()) {
                snapshot.close();
            }
            return record.map(found -> stream(snapshot, found));
        });
    }

    /** A value as it was when it was opened, whatever becomes of its key. */
    private InputStream stream(Snapshot snapshot, LsmRecord record) {
        PositionedStream.Source source = (position, target) -> life.reading(() -> copy(record, position, target));
        return new PositionedStream(record.valueLength(), source, snapshot::close);
    }

    private static int copy(LsmRecord record, long offset, ByteBuffer target) throws StoreException {
        long left = Math.max(0, record.valueLength() - offset);
        byte[] part = new byte[(int) Math.min(left, target.remaining())];
        if (part.length > 0) {
            record.read((int) offset, part, 0, part.length);
        }
        target.put(part);
        return part.length;
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        Optional<Integer> count = find(key, record -> copy(record, offset, target));
        return count.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        return find(key, LsmRecord::valueLength).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        return KeyStream.over(scan(KeyRange.all(), Direction.FORWARD));
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) throws StoreException {
        return life.reading(() -> {
            Snapshot snapshot = tree.snapshot();
            try {
                return new RecordCursor(life, snapshot.scan(range, direction), () -> {}, snapshot::close);
            } catch (StoreException e) {
                snapshot.close();
                throw e;
            }
        });
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        apply(List.of(new Change.Put(key, value)));
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        life.requireOpen();
        checks.requireWritable("put");
        checks.requireKey(key);
        CallerStream stream = new CallerStream("value of " + Key.escape(key), value);
        byte[] bytes = stream.readNBytes(settings.shape().maxValueSize());
        checks.requireValue(key, bytes.length + (stream.read() < 0 ? 0L : 1L));
        put(key, bytes);
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        byte[] copy = key.clone();
        return turn.writing(() -> {
            checks.requireWritable("remove");
            boolean bound = find(copy, LsmRecord::valueLength).isPresent();
            if (bound) {
                Batch batch = new Batch();
                batch.remove(copy);
                tree.commit(batch);
            }
            return bound;
        });
    }

    @Override
    public void apply(List<Change> changes) throws StoreException {
        life.requireOpen();
        checks.requireWritable("apply");
        Batch batch = new Batch();
        for (Change change : changes) {
            checks.requireKey(change.key());
            if (change instanceof Change.Put put) {
                checks.requireValue(put.key(), put.value().length);
                batch.put(put.key().clone(), put.value().clone());
            } else {
                batch.remove(change.key().clone());
            }
        }
        turn.write(() -> tree.commit(batch));
    }

    @Override
    public void clear() throws StoreException {
        turn.write(() -> {
            checks.requireWritable("clear");
            tree.clear();
        });
    }

    @Override
    public void compact() throws StoreException {
        turn.write(() -> {
            checks.requireWritable("compact");
            tree.compact();
        });
    }

    /** Nothing waits to be made durable. */
    @Override
    public void flush() {
        life.requireOpen();
    }

    @Override
    public void close() {
        life.close();
    }
}
