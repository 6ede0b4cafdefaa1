package dev.morgana.pwkvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options, keys, values and media that are not as they should be: a documented answer, and nothing intact is erased. */
class BadInputTest {
    private static final int KEYS = 30;

    private static int readable(PwKvs kvs) throws StoreException {
        return (int)
                kvs.iterate().stream().filter(item -> item.value().isPresent()).count();
    }

    @Nested
    class WrongOptions {
        @ParameterizedTest
        @CsvSource({
            "formats, 0x12345678:crc16-ccitt, FAILED_PRECONDITION",
            "maxEntries, 10, FAILED_PRECONDITION",
            "sectorSize, 512, FAILED_PRECONDITION",
        })
        void thatWouldMakeARepairEraseAreRefused(String name, String value, String status) throws StoreException {
            RamDevice device = Flashes.filled(1024, 8, KEYS, Options.none());
            byte[] before = device.image();
            assertThatThrownBy(() -> PwKvs.open(device, Flashes.options("recovery", "lazy", name, value)))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.nativeCode()).hasValue(status));
            assertThat(device.image()).isEqualTo(before);
        }

        @ParameterizedTest
        @CsvSource({
            "formats, 0x12345678:crc16-ccitt",
            "maxEntries, 10",
            "sectorSize, 512",
            "sectorSize, 2048",
            "redundancy, 2",
        })
        void byAnAddressNeverWrite(String name, String value) throws StoreException {
            RamDevice device = Flashes.filled(1024, 8, KEYS, Options.none());
            byte[] before = device.image();
            Options options = Flashes.options(name, value).orElse(Flashes.options("sectorSize", "1024"));
            assertThatThrownBy(() -> new PwKvsProvider().open(List.of(device), options))
                    .isInstanceOf(CorruptStoreException.class);
            assertThat(device.image()).isEqualTo(before);
        }

        @ParameterizedTest
        @CsvSource({
            "alignment, 24",
            "alignment, 257",
            "flashAlignment, 7",
            "sectorSize, 1000",
            "formats, 0xffffffff",
            "formats, 0x1:crc64",
            "redundancy, 0",
            "partitionStartSector, 8",
            "sectorCount, 9",
            "noSuchOption, 1",
        })
        void thatCannotBeAreRefused(String name, String value) throws StoreException {
            RamDevice device = Flashes.filled(1024, 8, KEYS, Options.none());
            byte[] before = device.image();
            assertThatThrownBy(() -> PwKvs.open(device, Flashes.options(name, value)))
                    .isInstanceOfSatisfying(
                            InvalidOptionException.class,
                            e -> assertThat(e.nativeCode()).hasValue("INVALID_ARGUMENT"));
            assertThat(device.image()).isEqualTo(before);
        }

        @Test
        void theSectorSizeIsNotGuessedForWriting() throws StoreException {
            RamDevice device = Flashes.filled(1024, 8, KEYS, Options.none());
            RamDevice bytes = RamDevice.of(Flashes.geometry(16, 512), device.image());
            assertThatThrownBy(() -> new PwKvsProvider().open(List.of(bytes), Options.none()))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("1024");
            try (FlatStore store = new PwKvsProvider().open(List.of(bytes), Flashes.options("readOnly", "true"))) {
                assertThat(store.get(Flashes.raw("k1"))).hasValue(Flashes.value(1));
            }
        }
    }

    @Nested
    class KeysAndValues {
        @ParameterizedTest
        @ValueSource(ints = {0, 64, 200})
        void ofALengthThatCannotBeAreRefused(int length) throws StoreException {
            PwKvs kvs = Flashes.opened(Flashes.filled(1024, 8, 3, Options.none()), Options.none());
            byte[] key = new byte[length];
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> kvs.put(key, new byte[1]),
                    () -> kvs.get(key, 1, 0),
                    () -> kvs.delete(key),
                    () -> kvs.valueSize(key))) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                LimitExceededException.class,
                                e -> assertThat(e.nativeCode()).hasValue("INVALID_ARGUMENT"));
            }
            assertThat(readable(kvs)).isEqualTo(3);
        }

        @Test
        void ofTheLargestSizeAreKeptAndOneByteMoreIsRefused() throws StoreException {
            RamDevice device = RamDevice.erased(Flashes.geometry(1024, 4));
            PwKvs kvs = Flashes.opened(device, Options.none());
            byte[] key = new byte[63];
            Arrays.fill(key, (byte) 'k');
            byte[] largest = new byte[1024 - 16 - 63];
            kvs.put(key, largest);
            assertThatThrownBy(() -> kvs.put(key, new byte[largest.length + 1]))
                    .isInstanceOf(LimitExceededException.class);
            assertThat(Flashes.opened(device, Options.none())
                            .get(key, 2000, 0)
                            .orElseThrow()
                            .bytes())
                    .isEqualTo(largest);
        }

        @Test
        void thatFindNoSpaceChangeNothing() throws StoreException {
            RamDevice device = RamDevice.erased(Flashes.geometry(512, 4));
            PwKvs kvs = Flashes.opened(device, Options.none());
            int kept = fill(kvs);
            PwKvs again = Flashes.opened(device, Options.none());
            assertThat(kept).isPositive();
            for (int i = 0; i < kept; i++) {
                assertThat(again.get(Flashes.raw("k" + i), 100, 0).orElseThrow().bytes())
                        .isEqualTo(Flashes.value(i));
            }
            assertThat(again.delete(Flashes.raw("k0"))).isTrue();
        }

        private static int fill(PwKvs kvs) throws StoreException {
            for (int i = 0; ; i++) {
                try {
                    kvs.put(Flashes.raw("k" + i), Flashes.value(i));
                } catch (NoSpaceException e) {
                    assertThat(e.nativeCode()).hasValue("RESOURCE_EXHAUSTED");
                    return i;
                }
            }
        }
    }

    @Nested
    @Campaign
    class Damage {
        /** The newest entry, a stale one, free space: each bit that flips costs one key at most, for an older value or an error. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void ofAnyByteCostsOneKeyAtMost(int redundancy) throws StoreException {
            Options options =
                    Flashes.options("redundancy", Integer.toString(redundancy), "formats", "0x9b41e07d:crc32");
            int keys = 6;
            byte[] good = Flashes.filled(512, 6, keys, options).image();
            for (int offset = 0; offset < good.length; offset++) {
                byte[] image = good.clone();
                image[offset] ^= (byte) (1 << offset % 8);
                RamDevice device = RamDevice.of(Flashes.geometry(512, 6), image);
                PwKvs kvs = Flashes.opened(device, options);
                int right = 0;
                for (int i = 0; i < keys; i++) {
                    right += isRight(kvs, i) ? 1 : 0;
                }
                assertThat(right).as("offset %d", offset).isGreaterThanOrEqualTo(redundancy == 1 ? keys - 1 : keys);
                kvs.put(Flashes.raw("new"), new byte[] {1});
                assertThat(Flashes.opened(device, options).valueSize(Flashes.raw("new")))
                        .as("offset %d", offset)
                        .hasValue(1);
            }
        }

        private static boolean isRight(PwKvs kvs, int number) throws StoreException {
            return kvs.get(Flashes.raw("k" + number), 100, 0)
                    .filter(value -> Arrays.equals(value.bytes(), Flashes.value(number)))
                    .isPresent();
        }

        /** A flip under an open store: the key is an error or its other copy, and others can still be written and collected. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void underAnOpenStoreBlocksNoOtherWrites(int redundancy) throws StoreException {
            Options options =
                    Flashes.options("redundancy", Integer.toString(redundancy), "formats", "0x9b41e07d:crc32");
            byte[] good = Flashes.filled(512, 6, 4, options).image();
            for (int offset = 0; offset < good.length; offset += 3) {
                FlippableDevice device = new FlippableDevice(RamDevice.of(Flashes.geometry(512, 6), good));
                PwKvs kvs = PwKvs.open(device, options);
                device.flip(offset);
                for (int i = 0; i < 40; i++) {
                    kvs.put(Flashes.raw("hot"), Flashes.value(i));
                }
                int right = 0;
                for (int i = 0; i < 4; i++) {
                    try {
                        right += isRight(kvs, i) ? 1 : 0;
                    } catch (CorruptStoreException e) {
                        assertThat(e.nativeCode()).hasValue("DATA_LOSS");
                    }
                }
                assertThat(right).as("offset %d", offset).isGreaterThanOrEqualTo(redundancy == 1 ? 3 : 4);
            }
        }
    }
}
