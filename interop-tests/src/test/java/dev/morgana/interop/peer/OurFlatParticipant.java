package dev.morgana.interop.peer;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.store.FlatStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Our side, on a format of flat keys: opened by its address, as any program does. */
final class OurFlatParticipant implements Participant {
    private final Morgana morgana = Morgana.load();
    private final String address;
    private FlatStore store;

    OurFlatParticipant(String address) {
        this.address = address;
    }

    @Override
    public String name() {
        return "Morgana";
    }

    @Override
    public void format() throws StoreException {
        morgana.create(address).close();
    }

    @Override
    public void open() throws StoreException {
        store = morgana.openFlat(address);
    }

    @Override
    public void apply(Step step) throws StoreException {
        if (step instanceof Step.Put put) {
            store.put(put.key().bytes(), put.value());
        } else if (step instanceof Step.Delete delete) {
            store.remove(delete.key().bytes());
        } else if (step instanceof Step.Batch batch) {
            store.facet(AtomicBatch.class).orElseThrow().apply(changes(batch));
        } else {
            throw new AssertionError("no step of a flat store: " + step);
        }
    }

    private static List<Change> changes(Step.Batch batch) {
        List<Change> changes = new ArrayList<>();
        for (Step step : batch.steps()) {
            changes.add(
                    step instanceof Step.Put put
                            ? new Change.Put(put.key().bytes(), put.value())
                            : new Change.Remove(((Step.Delete) step).key().bytes()));
        }
        return changes;
    }

    @Override
    public SortedMap<Name, Row> list() throws StoreException {
        TreeMap<Name, Row> rows = new TreeMap<>();
        List<byte[]> keys;
        try (Stream<byte[]> stream = store.keys()) {
            keys = stream.toList();
        }
        for (byte[] key : keys) {
            rows.put(new Name(key), Row.of("value", store.get(key).orElseThrow(), Map.of()));
        }
        return rows;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
