package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Batch;
import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
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
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
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
    private final Tools tools;

    /** A store that owns the device of its tree. What it says against being closed goes to the consumer. */
    public EkvStore(Tree tree, Settings settings, Consumer<DeviceException> closeFailures) {
        this.tree = tree;
        this.settings = settings;
        this.checks = new Checks(settings);
        this.life = new StoreLife(tree.pages().device(), closeFailures);
        this.tools = new Tools(tree.pages(), settings, life, Optional.of(tree));
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

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        life.requireOpen();
        return type.isInstance(this) ? Optional.of(type.cast(this)) : tools.facet(type);
    }

    @Override
    public ReadTransaction read() throws StoreException {
        return life.using(() -> new Reading(life, tree.snapshot()));
    }

    @Override
    public WriteTransaction write() throws StoreException {
        life.requireOpen();
        checks.requireWritable("write");
        life.takeTurn();
        return new Writing(life, tree.change(settings.transactionBytes()), settings);
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
        return life.using(() -> {
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
        return life.using(() -> {
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
            return record.map(found -> new ValueStream(life, snapshot, found));
        });
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        Optional<Integer> count = find(key, record -> {
            long left = Math.max(0, record.valueLength() - offset);
            byte[] part = new byte[(int) Math.min(left, target.remaining())];
            if (part.length > 0) {
                record.read((int) offset, part, 0, part.length);
            }
            target.put(part);
            return part.length;
        });
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
        return life.using(() -> {
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
        byte[] bytes;
        try {
            bytes = value.readNBytes(settings.shape().maxValueSize());
            checks.requireValue(key, bytes.length + (value.read() < 0 ? 0L : 1L));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException("value", "reading the new value failed", 0, 0, e);
        }
        put(key, bytes);
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        byte[] copy = key.clone();
        return life.writing(() -> {
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
        life.writing(() -> {
            tree.commit(batch);
            return true;
        });
    }

    @Override
    public void clear() throws StoreException {
        life.writing(() -> {
            checks.requireWritable("clear");
            tree.clear();
            return true;
        });
    }

    @Override
    public void compact() throws StoreException {
        life.writing(() -> {
            checks.requireWritable("compact");
            tree.compact();
            return true;
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
