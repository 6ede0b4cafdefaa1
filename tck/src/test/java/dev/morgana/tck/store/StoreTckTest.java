package dev.morgana.tck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.model.RandomRuns;
import dev.morgana.tck.model.Room;
import dev.morgana.tck.model.Step;
import dev.morgana.tck.model.Workload;
import dev.morgana.tck.reference.ReferenceProvider;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The contract finds stores that break it, each by the item that is about it. */
class StoreTckTest {
    /** A fixture of a spoilt format. */
    private record Fixture(StoreProvider provider) implements StoreFixture {
        @Override
        public List<Variant> variants() {
            return List.of(Variant.of("128x64", new Geometry(16, 16, 128, 64, ErasedState.ONES))
                    .withRoom(2_000, 24));
        }

        @Override
        public Media media() {
            return Media.flash();
        }

        @Override
        public int seeds() {
            return 30;
        }
    }

    private static StoreFixture spoiltStore(UnaryOperator<KeyValueStore> spoil) {
        return new Fixture(new SpoiltProvider(spoil, device -> device));
    }

    private static StoreFixture spoiltDevice(UnaryOperator<BlockDevice> spoil) {
        return new Fixture(new SpoiltProvider(store -> store, spoil));
    }

    /** All but item 19: there is no variant with room for it. */
    private static Set<String> reading(StoreFixture fixture) throws Exception {
        Set<String> failed = ContractRun.failures(new ReadTck() {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        });
        failed.remove("19");
        return failed;
    }

    private static Set<String> writing(StoreFixture fixture, String... items) throws Exception {
        return ContractRun.failures(
                new WriteTck() {
                    @Override
                    protected StoreFixture fixture() {
                        return fixture;
                    }
                },
                items);
    }

    private static Set<String> renaming(StoreFixture fixture, String... items) throws Exception {
        return ContractRun.failures(
                new RenameTck() {
                    @Override
                    protected StoreFixture fixture() {
                        return fixture;
                    }
                },
                items);
    }

    private static Set<String> durability(StoreFixture fixture, String... items) throws Exception {
        return ContractRun.failures(
                new DurabilityTck() {
                    @Override
                    protected StoreFixture fixture() {
                        return fixture;
                    }
                },
                items);
    }

    private static Set<String> limits(StoreFixture fixture, String... items) throws Exception {
        return ContractRun.failures(
                new LimitsTck() {
                    @Override
                    protected StoreFixture fixture() {
                        return fixture;
                    }
                },
                items);
    }

    @Nested
    class WhenReadingIsSpoilt {
        @Test
        void aSharedArrayIsFound() throws Exception {
            Map<Key, byte[]> answered = new HashMap<>();
            assertThat(reading(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public byte[] get(Key key) throws StoreException {
                            byte[] value = super.get(key);
                            return answered.merge(key, value, (old, now) -> old.length == now.length ? old : now);
                        }
                    })))
                    .contains("26");
        }

        @Test
        void anUnorderedListingIsFound() throws Exception {
            assertThat(reading(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public Stream<Entry> list(Key dictionary) throws StoreException {
                            List<Entry> entries =
                                    new ArrayList<>(super.list(dictionary).toList());
                            Collections.reverse(entries);
                            return entries.stream();
                        }
                    })))
                    .contains("15");
        }

        @Test
        void aListingThatIsNoSnapshotIsFound() throws Exception {
            assertThat(reading(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public Stream<Entry> list(Key dictionary) throws StoreException {
                            super.list(dictionary).close();
                            return Stream.of(dictionary).flatMap(key -> {
                                try {
                                    return super.list(key);
                                } catch (StoreException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
                        }
                    })))
                    .containsExactly("20");
        }

        @Test
        void anErrorWithTheWrongKeyIsFound() throws Exception {
            assertThat(reading(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public byte[] get(Key key) throws StoreException {
                            try {
                                return super.get(key);
                            } catch (NoSuchKeyException e) {
                                throw new NoSuchKeyException(key.ancestor(1));
                            }
                        }
                    })))
                    .containsExactly("24");
        }

        @Test
        void aReadThatGoesTooFarIsFound() throws Exception {
            assertThat(reading(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public int read(Key key, long offset, ByteBuffer target) throws StoreException {
                            int limit = target.limit();
                            target.limit(target.capacity());
                            int count = super.read(key, offset, target);
                            target.limit(Math.max(limit, target.position()));
                            return count;
                        }
                    })))
                    .contains("28", "32");
        }

        @Test
        void aDictionaryThatHasATimeIsFound() throws Exception {
            assertThat(reading(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public Optional<Instant> lastModified(Key key) throws StoreException {
                            Optional<Instant> time = super.lastModified(key);
                            return time.isPresent() ? time : Optional.of(Instant.EPOCH);
                        }
                    })))
                    .containsExactly("71");
        }
    }

    @Nested
    class WhenWritingIsSpoilt {
        @Test
        void aDictionaryThatIsReplacedUnaskedIsFound() throws Exception {
            assertThat(writing(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void set(Key key, byte[] value, SetOption... options) throws StoreException {
                            super.set(key, value, SetOption.REPLACE_DICTIONARY);
                        }
                    })))
                    .containsExactly("37");
        }

        @Test
        void aGapWhereThereMustBeNoneIsFound() throws Exception {
            assertThat(writing(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule)
                                throws StoreException {
                            super.write(key, offset, source, BeyondEnd.ZERO_FILL);
                        }
                    })))
                    .contains("42", "43");
        }

        @Test
        void aRemovalThatAlwaysAnswersTrueIsFound() throws Exception {
            assertThat(writing(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public boolean remove(Key key) throws StoreException {
                            super.remove(key);
                            return true;
                        }
                    })))
                    .contains("53");
        }

        @Test
        void spaceThatIsNotCountedIsFound() throws Exception {
            assertThat(writing(spoiltStore(store -> new SpoiltTree(store) {
                        private int changes;

                        @Override
                        public void set(Key key, byte[] value, SetOption... options) throws StoreException {
                            if (++changes > 600) {
                                throw new NoSpaceException("leaked blocks");
                            }
                            super.set(key, value, options);
                        }
                    })))
                    .contains("40");
        }

        @Test
        void aFailingStreamThatDestroysTheValueIsFound() throws Exception {
            assertThat(writing(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void set(Key key, InputStream value, SetOption... options) throws StoreException {
                            super.write(key, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND);
                            super.set(key, value, options);
                        }
                    })))
                    .contains("39");
        }
    }

    @Nested
    class WhenRenamingIsSpoilt {
        @Test
        void aPrefixOfTheTextIsFound() throws Exception {
            assertThat(renaming(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void rename(Key source, Key target, RenameMode mode) throws StoreException {
                            if (target.toString().startsWith(source.toString())) {
                                super.rename(source, source, mode);
                            } else {
                                super.rename(source, target, mode);
                            }
                        }
                    })))
                    .contains("63");
        }

        @Test
        void aValueLostByMovingItToItselfIsFound() throws Exception {
            assertThat(renaming(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void rename(Key source, Key target, RenameMode mode) throws StoreException {
                            super.rename(source, target, mode);
                            if (source.equals(target)) {
                                super.remove(source);
                            }
                        }
                    })))
                    .containsExactly("61");
        }

        @Test
        void aMoveInSeveralStepsIsFound() throws Exception {
            assertThat(renaming(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void rename(Key source, Key target, RenameMode mode) throws StoreException {
                            if (kind(source).equals(Optional.of(Kind.VALUE))
                                    && !source.equals(target)
                                    && kind(target).isEmpty()
                                    && !source.isPrefixOf(target)) {
                                set(target, get(source));
                                remove(source);
                            } else {
                                super.rename(source, target, mode);
                            }
                        }
                    })))
                    .contains("66", "67");
        }
    }

    @Nested
    class WhenDurabilityIsSpoilt {
        @Test
        void aSyncThatDoesNothingIsFound() throws Exception {
            assertThat(durability(
                            spoiltDevice(device -> new SpoiltDevice(device) {
                                @Override
                                public void sync() {}
                            }),
                            "74",
                            "75",
                            "76",
                            "77"))
                    .contains("74", "75", "76", "77");
        }

        @Test
        void anEraseThatIsLeftOutIsFound() throws Exception {
            assertThat(durability(
                            spoiltDevice(device -> new SpoiltDevice(device) {
                                @Override
                                public void erase(long block) {}
                            }),
                            "94"))
                    .contains("94");
        }

        @Test
        void aStoreThatAnswersAfterItsEndIsFound() throws Exception {
            assertThat(durability(
                            spoiltStore(store -> new SpoiltTree(store) {
                                @Override
                                public Optional<Kind> kind(Key key) throws StoreException {
                                    return key.isRoot() ? Optional.of(Kind.DICTIONARY) : super.kind(key);
                                }
                            }),
                            "78"))
                    .containsExactly("78");
        }

        @Test
        void aTornReadIsFound() throws Exception {
            assertThat(durability(
                            spoiltStore(store -> new SpoiltTree(store) {
                                private final Map<Key, byte[]> before = new ConcurrentHashMap<>();

                                @Override
                                public void set(Key key, byte[] value, SetOption... options) throws StoreException {
                                    if (kind(key).isPresent()) {
                                        before.put(key, super.get(key));
                                    }
                                    super.set(key, value, options);
                                }

                                @Override
                                public byte[] get(Key key) throws StoreException {
                                    byte[] value = super.get(key);
                                    byte[] old = before.getOrDefault(key, value);
                                    System.arraycopy(old, 0, value, 0, Math.min(old.length, value.length) / 2);
                                    return value;
                                }
                            }),
                            "80"))
                    .contains("80");
        }

        @Test
        void aStoreThatIsNotDeterministicIsFound() throws Exception {
            int[] changes = new int[1];
            assertThat(durability(
                            spoiltStore(store -> new SpoiltTree(store) {
                                @Override
                                public boolean remove(Key key) throws StoreException {
                                    boolean removed = super.remove(key);
                                    if (removed && changes[0]++ >= 2) {
                                        super.set(Key.of("salt"), new byte[] {(byte) changes[0]});
                                        super.remove(Key.of("salt"));
                                    }
                                    return removed;
                                }
                            }),
                            "83"))
                    .contains("83");
        }
    }

    @Nested
    class WhenLimitsAreSpoilt {
        @Test
        void aWrongAnswerToDamageIsFound() throws Exception {
            assertThat(limits(
                            new Fixture(new SpoiltProvider(store -> store, device -> device) {
                                @Override
                                public Store open(List<BlockDevice> devices, Options options) throws StoreException {
                                    // Not closed, since that would close the devices.
                                    Check check = inspect(devices, options)
                                            .facet(Check.class)
                                            .orElseThrow();
                                    check.check(Check.Depth.DEEP, finding -> {
                                        throw new IllegalStateException(finding.toString());
                                    });
                                    return super.open(devices, options);
                                }
                            }),
                            "90"))
                    .contains("90");
        }

        @Test
        void aValueThatWasNeverWrittenIsFound() throws Exception {
            byte[] damage = new byte[1];
            assertThat(limits(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public byte[] get(Key key) throws StoreException {
                            byte[] value = super.get(key);
                            if (value.length == 12 && damage[0]++ == 100) {
                                value[3] ^= 1;
                            }
                            return value;
                        }
                    })))
                    .contains("90");
        }

        @Test
        void anEndlessLoopIsFound() throws Exception {
            assertThat(limits(new Fixture(new SpoiltProvider(store -> store, device -> device) {
                        @Override
                        public Store open(List<BlockDevice> devices, Options options) throws StoreException {
                            ByteBuffer unit = ByteBuffer.allocate(16);
                            do {
                                devices.get(0).read(0, unit.clear());
                            } while (unit.get(0) != 'M' && unit.get(0) != -1);
                            return super.open(devices, options);
                        }
                    })))
                    .contains("90");
        }

        @Test
        void aLimitThatIsNotKeptIsFound() throws Exception {
            assertThat(limits(spoiltStore(store -> new SpoiltTree(store) {
                        @Override
                        public void allocate(Key key, long size) throws StoreException {
                            super.allocate(key, Math.min(size, 10));
                        }
                    })))
                    .contains("86");
        }
    }

    @Nested
    class RandomSequences {
        /** Forgets a value of five bytes when it is moved below a dictionary. */
        private KeyValueStore forgetful(KeyValueStore store) {
            return new SpoiltTree(store) {
                @Override
                public void rename(Key source, Key target, RenameMode mode) throws StoreException {
                    super.rename(source, target, mode);
                    if (target.depth() > 1 && kind(target).equals(Optional.of(Kind.VALUE)) && size(target) > 4) {
                        remove(target);
                    }
                }
            };
        }

        @Test
        void areMadeAsSmallAsTheyCanBe() {
            Fixture fixture = (Fixture) spoiltStore(this::forgetful);
            Workload workload = new Workload(40, List.of(0, 8, 100), 200, new Room(2_000, 24), true, false);
            RandomRuns runs = new RandomRuns(
                    workload, () -> new Bench(fixture, fixture.variants().get(0)));

            assertThatThrownBy(() -> runs.run(0, 300))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching("(?s)seed \\d+, 2 of 40 operations suffice:.*Put\\[.*Rename\\[.*");
        }

        /** The test that is printed with a failure is Java, and fails as the sequence did. */
        @Test
        void comeAsATestToPaste() throws StoreException {
            Fixture fixture = (Fixture) spoiltStore(this::forgetful);
            Workload workload = new Workload(40, List.of(0, 8, 100), 200, new Room(2_000, 24), true, false);
            RandomRuns runs = new RandomRuns(
                    workload, () -> new Bench(fixture, fixture.variants().get(0)));

            assertThatThrownBy(() -> runs.run(0, 300))
                    .hasMessageMatching(
                            "(?s).*@StoreTest\\Rvoid seed\\d+\\(Bench bench\\) throws StoreException \\{\\R"
                                    + " +RandomRuns\\.replay\\(bench, new Room\\(2000L, 24\\), List\\.of\\(\\R"
                                    + " +new Step\\(new Operations\\.Put\\(Key\\.of\\(\"[^\"]+\"\\), new Content\\(\\d+, \\d+\\), \\w+\\), \\w+\\),\\R"
                                    + " +new Step\\(new Operations\\.Rename\\(.*RenameMode\\.\\w+\\), \\w+\\)\\R +\\)\\);\\R\\}");
            Bench bench = new Bench(fixture, fixture.variants().get(0));
            List<Step> found = List.of(
                    new Step(new Operations.Put(Key.of("/a"), new Content(8, 1), false), false),
                    new Step(new Operations.Rename(Key.of("/a"), Key.of("/b/a"), RenameMode.EXACT), false),
                    new Step(new Operations.Put(Key.of("/c"), new Content(8, 2), false), false),
                    new Step(new Operations.Rename(Key.of("/c"), Key.of("/b/a"), RenameMode.EXACT), false));
            assertThatThrownBy(() -> RandomRuns.replay(bench, workload.room(), found))
                    .isInstanceOf(AssertionError.class);
            bench.close();
        }

        @Test
        void findWhatIsForgotten() throws Exception {
            assertThat(durability(spoiltStore(this::forgetful), "81")).contains("81");
        }
    }

    @Nested
    class TheNumberedList {
        /** Of devices. */
        private static final Set<Integer> DEVICE_ITEMS = Set.of(91, 92, 93, 94, 95);

        @Test
        void isCoveredWithoutAGap() {
            Set<Integer> expected = new TreeSet<>();
            for (int item = 1; item <= 98; item++) {
                expected.add(item);
            }
            expected.removeAll(DEVICE_ITEMS);

            Set<Integer> found = new TreeSet<>();
            for (Class<?> contract : List.of(
                    KeyTck.class,
                    ReadTck.class,
                    WriteTck.class,
                    RenameTck.class,
                    DurabilityTck.class,
                    LimitsTck.class,
                    FacetTck.class)) {
                ReflectionSupport.findMethods(
                                contract,
                                method -> method.isAnnotationPresent(DisplayName.class),
                                HierarchyTraversalMode.TOP_DOWN)
                        .stream()
                        .map(ContractRun::item)
                        .filter(item -> item.matches("\\d+"))
                        .map((Function<String, Integer>) Integer::valueOf)
                        .forEach(found::add);
            }

            assertThat(found).containsAll(expected);
        }

        @Test
        void everyPartIsInTheWhole() {
            Set<Class<?>> nested = new HashSet<>();
            Arrays.stream(StoreTck.class.getDeclaredClasses()).forEach(part -> nested.add(part.getSuperclass()));

            assertThat(nested)
                    .containsExactlyInAnyOrder(
                            KeyTck.class,
                            ReadTck.class,
                            WriteTck.class,
                            RenameTck.class,
                            DurabilityTck.class,
                            LimitsTck.class,
                            FacetTck.class,
                            FileTck.class,
                            FlatStoreTck.class,
                            ProviderTck.class,
                            ReadErrorTck.class);
        }
    }

    @Test
    void aRightStoreFailsNothing() throws Exception {
        StoreFixture right = new Fixture(new ReferenceProvider());
        assertThat(reading(right)).isEmpty();
        assertThat(writing(right)).isEmpty();
        assertThat(renaming(right)).isEmpty();
    }
}
