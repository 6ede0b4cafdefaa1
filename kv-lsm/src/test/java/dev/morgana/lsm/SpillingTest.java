package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.block.drivers.layer.PowerCutDevice;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.block.drivers.layer.TornPart;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that exceed what they may keep in memory. */
class SpillingTest {
    private static final long MEMORY = 600;

    private static Options options(Config config) {
        return EkvFsFixture.spilling(config.options(), MEMORY);
    }

    private static RamDevice formatted(Config config, int pages) throws StoreException {
        RamDevice flash = RamDevice.erased(config.geometry().withBlockCount(pages));
        Ekv.format(flash, config.options());
        return flash;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> content(ReadTransaction transaction, Direction direction) throws StoreException {
        try (Cursor cursor = transaction.scan(KeyRange.all(), direction)) {
            return content(cursor);
        }
    }

    private static Map<String, String> content(Cursor cursor) throws StoreException {
        Map<String, String> content = new TreeMap<>();
        while (cursor.next()) {
            content.put(text(cursor.key()), text(cursor.value()));
        }
        return content;
    }

    private static void requireSound(FlatStore store) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        assertThat(findings).isEmpty();
    }

    private static long free(FlatStore store) throws StoreException {
        return store.facet(Usage.class).orElseThrow().usage().stream()
                .filter(share -> share.kind().equals("free"))
                .mapToLong(Usage.Share::blocks)
                .sum();
    }

    @Nested
    class BeforeTheCommit {
        @Test
        void theyAreOnTheFlashAndSeenByNobodyElse() throws StoreException {
            StatisticsDevice flash = StatisticsDevice.of(formatted(Config.P512_A1, 100));
            try (Ekv database = Ekv.open(flash, options(Config.P512_A1))) {
                database.put(bytes("k03"), bytes("old"));
                long free = free(database.store());
                long written = flash.snapshot().programs().calls();
                try (WriteTransaction change = database.write()) {
                    for (int i = 0; i < 40; i++) {
                        change.put(bytes("k%02d".formatted(i)), new byte[50]);
                    }
                    assertThat(flash.snapshot().programs().calls()).isGreaterThan(written);
                    assertThat(content(change, Direction.FORWARD)).hasSize(40);
                    try (ReadTransaction other = database.read()) {
                        assertThat(content(other, Direction.FORWARD)).isEqualTo(Map.of("k03", "old"));
                    }
                }
                assertThat(free(database.store())).isEqualTo(free);
                try (ReadTransaction after = database.read()) {
                    assertThat(content(after, Direction.FORWARD)).isEqualTo(Map.of("k03", "old"));
                }
            }
        }

        @Test
        void aCursorStaysAsItWasBegun() throws StoreException {
            try (Ekv database = Ekv.open(formatted(Config.P128, 60), options(Config.P128));
                    WriteTransaction change = database.write()) {
                for (int i = 0; i < 12; i++) {
                    change.put(bytes("k%02d".formatted(i)), bytes("first"));
                }
                try (Cursor cursor = change.scan(KeyRange.all(), Direction.FORWARD)) {
                    for (int i = 0; i < 30; i++) {
                        change.put(bytes("k%02d".formatted(i * 7 % 30)), bytes("second"));
                    }
                    Map<String, String> content = content(cursor);
                    assertThat(content).hasSize(12);
                    assertThat(content.values()).containsOnly("first");
                }
            }
        }
    }

    /** Keys in no order, so that there are more runs than places for them; against a map. */
    @ParameterizedTest
    @EnumSource(
            value = Config.class,
            names = {"P128", "P256_A2_BF4", "P512_A1", "P512_E00", "P512_A16", "P4096_CH256"})
    void doWhatTheyDoToAMap(Config config) throws StoreException {
        Random random = new Random(config.ordinal());
        RamDevice flash = formatted(config, config == Config.P128 || config == Config.P4096_CH256 ? 60 : 48);
        NavigableMap<String, String> committed = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            flash = RamDevice.of(flash.geometry(), flash.image());
            try (Ekv database = Ekv.open(flash, options(config))) {
                NavigableMap<String, String> model = new TreeMap<>(committed);
                try (WriteTransaction change = database.write()) {
                    change(random, change, model);
                    assertThat(content(change, Direction.FORWARD)).isEqualTo(model);
                    assertThat(content(change, Direction.REVERSE)).isEqualTo(model);
                    if (random.nextInt(4) > 0) {
                        change.commit();
                        committed = model;
                    }
                }
                requireSound(database.store());
                try (ReadTransaction after = database.read()) {
                    assertThat(content(after, Direction.FORWARD)).isEqualTo(committed);
                }
            }
        }
    }

    private static void change(Random random, WriteTransaction change, Map<String, String> model)
            throws StoreException {
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            String key = "k" + random.nextInt(40);
            if (random.nextInt(3) == 0) {
                assertThat(change.remove(bytes(key))).isEqualTo(model.remove(key) != null);
            } else {
                String value = "v".repeat(random.nextInt(30)) + i;
                change.put(bytes(key), bytes(value));
                model.put(key, value);
            }
            assertThat(change.get(bytes(key)).map(SpillingTest::text)).isEqualTo(Optional.ofNullable(model.get(key)));
        }
    }

    @Nested
    class WhatFails {
        private final byte[] old = content(1, 900);
        private final Options options =
                EkvFsFixture.spilling(EkvFsFixture.options(Config.P512_E00.options(), 64), MEMORY);
        private final RamDevice flash =
                RamDevice.erased(Config.P512_E00.geometry().withBlockCount(100));

        private byte[] content(int seed, int length) {
            byte[] content = new byte[length];
            new Random(seed).nextBytes(content);
            return content;
        }

        private EkvFs written() throws StoreException {
            EkvFs.format(flash, options);
            EkvFs files = EkvFs.open(flash, options);
            files.writeFile("/f", old);
            return files;
        }

        private byte[] read(EkvFs files) throws IOException {
            try (EkvFsFile file = files.open("/f")) {
                ByteBuffer all = ByteBuffer.allocate((int) file.size());
                while (all.hasRemaining()) {
                    file.read(all);
                }
                return all.array();
            }
        }

        @Test
        void forWantOfSpaceLeavesTheOldFile() throws IOException {
            try (EkvFs files = written()) {
                long free = free(files.database());
                byte[] most = content(2, 100 * 512);
                assertThatThrownBy(() -> files.writeFile("/f", new ByteArrayInputStream(most)))
                        .isInstanceOf(NoSpaceException.class);
                assertThat(read(files)).isEqualTo(old);
                assertThat(free(files.database())).isGreaterThanOrEqualTo(free);
                requireSound(files.database());
                files.writeFile("/f", content(3, 3000));
                assertThat(read(files)).isEqualTo(content(3, 3000));
            }
        }

        @Test
        void becauseOfAStreamLeavesTheOldFileAndCancelsTheBatch() throws IOException {
            try (EkvFs files = written()) {
                InputStream torn = new FilterInputStream(new ByteArrayInputStream(content(2, 2000))) {
                    private int left = 1500;

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        if (left <= 0) {
                            throw new IOException("torn");
                        }
                        int count = super.read(target, offset, Math.min(length, left));
                        left -= count;
                        return count;
                    }
                };
                try (EkvFsBatch batch = files.batch()) {
                    assertThatThrownBy(() -> batch.writeFile("/f", torn)).hasRootCauseMessage("torn");
                    assertThatThrownBy(batch::commit).isInstanceOf(InvalidRequestException.class);
                }
                assertThat(read(files)).isEqualTo(old);
                requireSound(files.database());
            }
        }

        /** Every program and erase of a change fails once; the store goes on without being opened anew. */
        @Test
        void becauseOfTheDeviceLeavesTheOldFile() throws IOException {
            written();
            byte[] image = flash.image();
            int failures = 0;
            boolean failed = true;
            while (failed) {
                PowerSwitch power = new PowerSwitch();
                BlockDevice failing = PowerCutDevice.of(RamDevice.of(flash.geometry(), image), power);
                EkvFs files = EkvFs.open(failing, options);
                power.cutAfter(failures, TornPart.NONE);
                try {
                    files.writeFile("/f", content(2, 2500));
                    failed = false;
                } catch (DeviceException e) {
                    failures++;
                }
                power.restore();
                assertThat(read(files)).isEqualTo(failed ? old : content(2, 2500));
                files.writeFile("/f", content(3, 2000));
                assertThat(read(files)).isEqualTo(content(3, 2000));
                requireSound(files.database());
                files.close();
            }
            assertThat(failures).isGreaterThan(20);
        }
    }
}
