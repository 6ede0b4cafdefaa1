package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.power.VolatileMedium;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link StoreProvider} promises (items P1 and on). */
public abstract class ProviderTck extends StoreContract {
    private static final Key A = Key.of("a");

    /** For subclasses. */
    protected ProviderTck() {}

    @Test
    @DisplayName("P1: the provider describes itself")
    void describesItself() {
        StoreProvider provider = fixture().provider();
        assertTrue(provider.format().matches("[a-z][a-z0-9_-]*"), provider.format());
        assertEquals(1, provider.description().lines().count(), provider.description());
        assertTrue(provider.maxDevices() >= 1);
        Set<String> names = new HashSet<>();
        for (Option<?> option : provider.options()) {
            assertTrue(names.add(option.name()), () -> "option " + option.name() + " is declared twice");
            assertTrue(!option.description().isBlank(), () -> "option " + option.name() + " is not described");
        }
    }

    @StoreTest
    @DisplayName("P2: a store tells the format and the geometry it uses")
    void info(Bench bench) throws StoreException {
        assertEquals(bench.provider().format(), bench.info().format());
        Geometry used = bench.info().geometry();
        assertTrue(used.sizeBytes() <= bench.variant().geometry().sizeBytes(), used::toString);
        assertTrue(!bench.info().readOnly());
    }

    @StoreTest
    @DisplayName(
            "P3: what was formatted is recognised, and opens with what the recognition tells; probing writes nothing")
    void probe(Bench bench) throws StoreException {
        bench.store().set(A, Bench.bytes(20));
        VolatileMedium medium = VolatileMedium.of(bench.variant().geometry(), bench.images(), false);
        List<byte[]> before = medium.images();
        Optional<Identification> found = bench.provider().probe(medium.open());
        assumeTrue(found.isPresent(), "the format keeps nothing that it could be recognised by");
        Images.assertSame(before, medium.images());
        assertEquals(bench.provider().format(), found.get().format());
        assertNotEquals(List.of(), found.get().evidence());
        Options options = bench.openOptions().orElse(found.get().options());
        try (KeyValueStore store = Morgana.tree(bench.provider().open(medium.open(), options))) {
            assertArrayEquals(Bench.bytes(20), store.get(A));
        }
    }

    @StoreTest
    @DisplayName("P4: a blank device is at most a possibility, and cannot be opened unless it is a valid empty store")
    void blank(Bench bench) throws StoreException {
        List<BlockDevice> devices = bench.openDevices(false);
        Optional<Identification> found = bench.provider().probe(devices);
        assertTrue(found.isEmpty() || found.get().confidence() == Confidence.POSSIBLE, found::toString);
        try (Store store = bench.provider().open(devices, bench.openOptions())) {
            assertEquals(0, Morgana.tree(store).totalSize(Key.ROOT));
        } catch (StoreException e) {
            assertTrue(e.failure() == Failure.CORRUPT_STORE || e.failure() == Failure.UNSUPPORTED_FORMAT, e::toString);
            expectUsable(devices);
            Bench.closeDevices(devices);
        }
    }

    private static void expectUsable(List<BlockDevice> devices) throws StoreException {
        for (BlockDevice device : devices) {
            device.read(0, ByteBuffer.allocate(device.geometry().readSize()));
        }
    }

    @StoreTest
    @DisplayName("P5: formatting leaves the devices open; an open store owns and closes them")
    void ownership(Bench bench) throws StoreException {
        List<BlockDevice> devices = bench.openDevices(false);
        bench.provider().format(devices, bench.variant().formatOptions());
        expectUsable(devices);
        bench.provider().open(devices, bench.openOptions()).close();
        for (BlockDevice device : devices) {
            assertThrows(
                    DeviceClosedException.class,
                    () -> device.read(0, ByteBuffer.allocate(device.geometry().readSize())));
        }
    }

    @StoreTest
    @DisplayName("P6: an option that nobody declares is refused, and nothing is written")
    void unknownOption(Bench bench) throws StoreException {
        VolatileMedium medium = VolatileMedium.erased(
                bench.variant().geometry(), bench.variant().devices(), false);
        List<byte[]> before = medium.images();
        Options format = bench.variant().formatOptions().plus("noSuchOption", "1");
        Options open = bench.openOptions().plus("noSuchOption", "1");
        List<BlockDevice> devices = medium.open();
        assertThrows(InvalidOptionException.class, () -> bench.provider().format(devices, format));
        Images.assertSame(before, medium.images());
        bench.provider().format(devices, bench.variant().formatOptions());
        assertThrows(InvalidOptionException.class, () -> bench.provider().open(devices, open));
        assertThrows(InvalidOptionException.class, () -> bench.provider().inspect(devices, open));
        expectUsable(devices);
    }

    @StoreTest(StoreTest.On.SMALLEST)
    @DisplayName("P7: a device that is too small is refused, and nothing is written")
    void tooSmall(Bench bench) throws StoreException {
        Geometry none = bench.variant().geometry().withBlockCount(0);
        List<BlockDevice> devices = new ArrayList<>();
        for (int i = 0; i < bench.variant().devices(); i++) {
            devices.add(RamDevice.erased(none));
        }
        StoreException e = assertThrows(
                StoreException.class,
                () -> bench.provider().format(devices, bench.variant().formatOptions()));
        assertTrue(e.failure() == Failure.NO_SPACE || e.failure() == Failure.INVALID_OPTION, e::toString);
        StoreException open =
                assertThrows(StoreException.class, () -> bench.provider().open(devices, bench.openOptions()));
        assertTrue(
                open.failure() == Failure.CORRUPT_STORE
                        || open.failure() == Failure.UNSUPPORTED_FORMAT
                        || open.failure() == Failure.INVALID_OPTION,
                open::toString);
    }

    @StoreTest
    @DisplayName("P8: an inspection tells of a good store what the store tells, and writes nothing")
    void inspection(Bench bench) throws StoreException {
        bench.store().set(A, Bench.bytes(20));
        VolatileMedium medium = VolatileMedium.of(bench.variant().geometry(), bench.images(), false);
        List<byte[]> before = medium.images();
        try (Inspection inspection = bench.provider().inspect(medium.open(), bench.openOptions())) {
            assertEquals(Optional.of(bench.info().geometry()), inspection.info().map(info -> info.geometry()));
            assertTrue(inspection.facet(Check.class).isPresent(), "every format can be checked");
        }
        Images.assertSame(before, medium.images());
    }
}
