package dev.morgana.interop.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.adapter.FlatTree;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Growth;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.device.RamDevice;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and what finds nothing to do, leaves every byte of the medium as it was, in every format. */
class NothingDoneTest {
    private static final Key THERE = Key.of("there");
    private static final Key MISSING = Key.of("missing");
    private static final int LONG_NAME = 2_000;

    /** A format on a medium that it is made for. */
    record Format(StoreProvider provider, Geometry geometry) {
        KeyValueStore open(RamDevice device) throws StoreException {
            Store store = provider.open(List.of(device), Options.none());
            return store instanceof FlatStore flat ? FlatTree.over(flat) : (KeyValueStore) store;
        }

        @Override
        public String toString() {
            return provider.format();
        }
    }

    static List<Format> formats() {
        Geometry pages = new Geometry(4, 4, 4096, 32, ErasedState.ONES);
        return List.of(
                new Format(new LittleFsProvider(), new Geometry(16, 16, 512, 64, ErasedState.ONES)),
                new Format(new EkvProvider(), pages),
                new Format(new EkvFsProvider(), pages),
                new Format(new EmbedKvProvider(), new Geometry(64, 64, 64, 72, ErasedState.ZEROS)),
                new Format(new PwKvsProvider(), new Geometry(1, 16, 512, 8, ErasedState.ONES)));
    }

    private interface Attempt {
        void run(KeyValueStore store) throws Exception;
    }

    private static Map<String, Attempt> refused(long capacity) {
        byte[] large = new byte[Math.toIntExact(2 * capacity)];
        Key longName = Key.of("n".repeat(LONG_NAME));
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        attempts.put("move of what is not there", store -> store.rename(MISSING, Key.of("new"), RenameMode.EXACT));
        attempts.put("move to a long name", store -> store.rename(THERE, longName, RenameMode.EXACT));
        attempts.put("long name", store -> store.set(longName, new byte[] {1}));
        attempts.put("large value", store -> store.set(Key.of("large"), large));
        attempts.put("large stream", store -> store.set(Key.of("large"), new ByteArrayInputStream(large)));
        attempts.put("large value in place of a small one", store -> store.set(THERE, large));
        attempts.put(
                "large stream in place of a small one", store -> store.set(THERE, new ByteArrayInputStream(large)));
        attempts.put("value of the root", store -> store.set(Key.ROOT, new byte[] {1}));
        attempts.put("second allocation", store -> store.allocate(THERE, 1));
        attempts.put("large allocation", store -> store.allocate(Key.of("large"), large.length));
        attempts.put(
                "write behind the end", store -> store.write(THERE, 100, ByteBuffer.allocate(1), BeyondEnd.REFUSE));
        return attempts;
    }

    private static Map<String, Attempt> idle() {
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        attempts.put(
                "removal of what is not there",
                store -> assertThat(store.remove(MISSING)).isFalse());
        attempts.put("move to itself", store -> store.rename(THERE, THERE, RenameMode.EXACT));
        attempts.put("write of nothing", store -> store.write(THERE, 0, ByteBuffer.allocate(0), BeyondEnd.REFUSE));
        attempts.put("flush", KeyValueStore::flush);
        return attempts;
    }

    private static <F extends Facet> void with(
            KeyValueStore store, Class<F> type, Map<String, Attempt> attempts, String name, FacetAttempt<F> attempt) {
        store.facet(type).ifPresent(facet -> attempts.put(name, ignored -> attempt.run(facet)));
    }

    private interface FacetAttempt<F> {
        void run(F facet) throws Exception;
    }

    private static void addFacets(KeyValueStore store, Map<String, Attempt> refused, Map<String, Attempt> idle) {
        with(store, Repair.class, idle, "repair", repair -> repair.repair(false, action -> {}));
        with(store, GarbageCollection.class, idle, "collection", GarbageCollection::collect);
        with(
                store,
                Growth.class,
                idle,
                "growth to the same size",
                growth -> growth.grow(store.info().geometry().blockCount()));
        with(
                store,
                UserAttributes.class,
                idle,
                "removal of an attribute",
                attributes -> assertThat(attributes.remove(THERE, 1)).isFalse());
        with(
                store,
                UserAttributes.class,
                refused,
                "attribute of nothing",
                attributes -> attributes.set(MISSING, 1, new byte[] {1}));
        with(
                store,
                UserAttributes.class,
                refused,
                "long attribute",
                attributes -> attributes.set(THERE, 1, new byte[LONG_NAME]));
        with(store, Dictionaries.class, refused, "directory in place of a value", made -> made.create(THERE));
        with(
                store,
                Dictionaries.class,
                refused,
                "directory of a long name",
                made -> made.create(Key.of("n".repeat(LONG_NAME))));
        with(store, Dictionaries.class, refused, "removal of no directory", made -> made.removeEmpty(MISSING));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writesNothing(Format format) throws Exception {
        RamDevice device = RamDevice.erased(format.geometry());
        format.provider().format(List.of(device), Options.none());
        try (KeyValueStore store = format.open(device)) {
            store.set(THERE, new byte[] {1, 2, 3});
            store.set(Key.of("other"), new byte[] {4});
            store.facet(GarbageCollection.class).ifPresent(NothingDoneTest::collect);
        }
        RamDevice again = RamDevice.of(format.geometry(), device.image());
        byte[] before = again.image();
        try (KeyValueStore store = format.open(again)) {
            Map<String, Attempt> refused = refused(format.geometry().sizeBytes());
            Map<String, Attempt> idle = idle();
            addFacets(store, refused, idle);
            for (Map.Entry<String, Attempt> attempt : refused.entrySet()) {
                assertThatThrownBy(() -> attempt.getValue().run(store))
                        .as(attempt.getKey())
                        .isInstanceOf(StoreException.class);
                assertThat(again.image())
                        .as("%s in %s", attempt.getKey(), format)
                        .isEqualTo(before);
            }
            for (Map.Entry<String, Attempt> attempt : idle.entrySet()) {
                attempt.getValue().run(store);
                assertThat(again.image())
                        .as("%s in %s", attempt.getKey(), format)
                        .isEqualTo(before);
            }
            assertThat(store.get(THERE)).containsExactly(1, 2, 3);
        }
    }

    private static void collect(GarbageCollection collection) {
        try {
            collection.collect();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }
}
