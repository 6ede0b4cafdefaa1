package dev.morgana.pwkvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Growth;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a store that can be changed in place, through the facet that the command uses. */
class ReconfigurationTest {
    private static final int SECTOR = 1024;
    private static final int SECTORS = 10;
    private static final int KEYS = 20;

    /** Four bytes of checksum, since two let one torn entry in 65,536 pass. */
    private static final Options BEFORE = Flashes.options("sectorSize", "1024", "formats", "0x9b41e07d:crc32");

    private static RamDevice filled() throws StoreException {
        return Flashes.filled(SECTOR, SECTORS, KEYS, BEFORE);
    }

    private static Reconfiguration.Outcome change(BlockDevice device, boolean dryRun, String... settings)
            throws StoreException {
        try (Inspection inspection = new PwKvsProvider().inspect(List.of(device), BEFORE)) {
            return inspection.facet(Reconfiguration.class).orElseThrow().reconfigure(Flashes.options(settings), dryRun);
        }
    }

    private static void assertHoldsAll(RamDevice device, Options options) throws StoreException {
        try (FlatStore store = new PwKvsProvider()
                .open(List.of(device), Flashes.options("recovery", "manual").orElse(options))) {
            for (int i = 0; i < KEYS; i++) {
                assertThat(store.get(Flashes.raw("k" + i))).as("k%d", i).hasValue(Flashes.value(i));
            }
            assertThat(store.get(Flashes.raw("gone"))).isEmpty();
        }
    }

    private static List<Finding> findings(RamDevice device, Options options) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = new PwKvsProvider().inspect(List.of(device), options)) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        return findings;
    }

    private static RamDevice copyOf(RamDevice device) {
        return RamDevice.of(Flashes.geometry(SECTOR, SECTORS), device.image());
    }

    @ParameterizedTest
    @CsvSource({
        "redundancy, 2",
        "alignment, 64",
        "formats, 0x5e1dc0aa:crc32",
    })
    void changesAndKeepsEveryEntry(String name, String value) throws StoreException {
        RamDevice device = filled();
        byte[] before = device.image();
        Options after = Flashes.options(name, value).orElse(BEFORE);

        Reconfiguration.Outcome tried = change(copyOf(device), true, name, value);
        Reconfiguration.Outcome done = change(device, false, name, value);

        assertThat(done).isEqualTo(tried);
        assertThat(done.entries()).isEqualTo(KEYS);
        assertThat(done.settings()).extracting(Reconfiguration.Setting::name).containsExactly(name);
        assertThat(done.settings()).extracting(Reconfiguration.Setting::after).containsExactly(value);
        assertThat(device.image()).isNotEqualTo(before);
        RamDevice again = RamDevice.of(Flashes.geometry(SECTOR, SECTORS), device.image());
        assertHoldsAll(again, after);
        assertThat(findings(copyOf(again), after)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redundancy, 2",
        "formats, 0x5e1dc0aa:crc32",
    })
    void aDryRunWritesNothing(String name, String value) throws StoreException {
        RamDevice device = filled();
        byte[] before = device.image();
        change(device, true, name, value);
        assertThat(RamDevice.of(Flashes.geometry(SECTOR, SECTORS), device.image())
                        .image())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "sectorSize, 2048, convert",
        "redundancy, many, redundancy",
        "gcOnWrite, disabled, not known here",
        "partitionSectorCount, 4, leaves out sectors",
        "partitionSectorCount, 99, only",
    })
    void whatCannotBeChangedIsRefused(String name, String value, String why) throws StoreException {
        RamDevice device = filled();
        byte[] before = device.image();
        assertThatThrownBy(() -> change(device, false, name, value))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(why);
        assertThat(device.image()).isEqualTo(before);
    }

    @Test
    void moreCopiesThanFitAreRefusedBeforeAnythingIsWritten() throws StoreException {
        RamDevice device = filled();
        byte[] before = device.image();
        assertThatThrownBy(() -> change(device, false, "redundancy", "9")).isInstanceOf(NoSpaceException.class);
        assertThat(device.image()).isEqualTo(before);
    }

    @Test
    void aDamagedStoreIsRefused() throws StoreException {
        byte[] image = filled().image();
        image[40] ^= 1;
        RamDevice device = RamDevice.of(Flashes.geometry(SECTOR, SECTORS), image);
        assertThatThrownBy(() -> change(device, false, "redundancy", "2")).isInstanceOf(CorruptStoreException.class);
        assertThat(device.image()).isEqualTo(image);
    }

    /** The power fails at every program and erase, which is done by half: a repair clears that, and loses nothing. */
    @ParameterizedTest
    @CsvSource({
        "redundancy, 2",
        "alignment, 64",
        "formats, 0x5e1dc0aa:crc32",
    })
    void afterAPowerLossItCanBeRunAgain(String name, String value) throws StoreException {
        Options after = Flashes.options(name, value).orElse(BEFORE);
        RamDevice original = filled();
        boolean cut = true;
        int cuts = 0;
        for (int point = 0; cut; point++) {
            RamDevice device = copyOf(original);
            CutDevice failing = new CutDevice(device, point);
            try {
                change(failing, false, name, value);
            } catch (DeviceException e) {
                cuts++;
            }
            cut = failing.isOff();
            RamDevice found = copyOf(device);
            Options known = both(name, value);
            repair(found, known);
            assertHoldsAll(copyOf(found), known);
            RamDevice again = copyOf(found);
            try (Inspection inspection = new PwKvsProvider().inspect(List.of(again), known)) {
                Reconfiguration change = inspection.facet(Reconfiguration.class).orElseThrow();
                change.reconfigure(Flashes.options(name, value), false);
            }
            assertHoldsAll(copyOf(again), after);
            assertThat(findings(copyOf(again), after)).as("cut %d", point).isEmpty();
        }
        assertThat(cuts).isGreaterThan(KEYS);
    }

    /** While formats change there are entries of both, as whoever identifies the image finds out. */
    private static Options both(String name, String value) {
        return name.equals("formats") ? BEFORE.plus(name, value) : BEFORE;
    }

    private static void repair(RamDevice device, Options options) throws StoreException {
        try (Inspection inspection = new PwKvsProvider().inspect(List.of(device), options)) {
            inspection.facet(Repair.class).orElseThrow().repair(false, action -> {});
        }
    }

    @Test
    void growsWithItsDevice() throws StoreException {
        byte[] image = filled().image();
        RamDevice larger = RamDevice.erased(Flashes.geometry(SECTOR, 2 * SECTORS));
        larger.program(0, ByteBuffer.wrap(image));
        try (FlatStore store = new PwKvsProvider().open(List.of(larger), BEFORE)) {
            Growth growth = store.facet(Growth.class).orElseThrow();
            growth.grow(2 * SECTORS);
            assertThatThrownBy(() -> growth.grow(SECTORS)).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> growth.grow(2 * SECTORS + 1)).isInstanceOf(StoreException.class);
            assertThat(store.info().geometry().blockCount()).isEqualTo(2 * SECTORS);
        }
    }
}
