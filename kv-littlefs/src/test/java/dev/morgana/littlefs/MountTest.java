package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountTest {
    private final TestImage image = TestImage.load("odd-unreadable");

    private static KeyValueStore open(TestImage image, Options options) throws StoreException {
        return Stores.open(image.device(), options);
    }

    private static KeyValueStore open(TestImage image) throws StoreException {
        return open(image, image.options());
    }

    @Nested
    class WithoutTheBlockSize {
        @ParameterizedTest
        @ValueSource(strings = {"odd-unreadable", "fresh-b528-p48-v21", "chamelon-w-basic"})
        void findsBlock1WhereBlock0IsGone(String name) throws Exception {
            TestImage whole = TestImage.load(name);
            try (KeyValueStore store = open(whole.filled(0, whole.blockSize(), 0xff))) {
                assertThat(store.info().geometry().blockSize()).isEqualTo(whole.blockSize());
            }
        }

        @Test
        void findsBlock1WhereBlock0CannotBeRead() throws Exception {
            ObservedDevice device = new ObservedDevice(
                            image.device().reshape(image.device().geometry().withUnits(1, 1, 512)))
                    .failingAt(0);
            try (KeyValueStore store = Stores.open(device, image.options())) {
                assertThat(store.size(Key.of("big"))).isEqualTo(2600);
            }
        }

        @Test
        void findsNothingInNoise() {
            TestImage noise = TestImage.load("odd-unreadable");
            new Random(5).nextBytes(noise.bytes());

            CorruptStoreException e = catchThrowableOfType(CorruptStoreException.class, () -> open(noise));

            assertThat(e.nativeCode()).contains("CORRUPT");
            assertThat(e.position().block()).isZero();
            assertThat(e.position().offset()).isEqualTo(8);
        }

        @Test
        void findsNothingWhereUnitsFitNoPowerOfTwo() throws Exception {
            byte[] zeros = new byte[6 << 20];
            RamDevice device = RamDevice.of(new Geometry(24, 24, 24, zeros.length / 24, ErasedState.ONES), zeros);
            assertThat(new LittleFsProvider().probe(List.of(device))).isEmpty();
        }

        /** Reading is bounded on a large device full of places that look like block 1. */
        @Test
        void givesUpOnAHostileDevice() throws Exception {
            byte[] bytes = new byte[4 << 20];
            byte[] bait = new byte[16];
            System.arraycopy(image.bytes(), 0, bait, 0, 16);
            for (int at = 16; at < bytes.length - 16; at += 16) {
                System.arraycopy(bait, 0, bytes, at, 16);
            }
            ObservedDevice device = new ObservedDevice(TestImage.device(bytes));

            assertThat(new LittleFsProvider().probe(List.of(device))).isEmpty();
            assertThat(device.reads().stream()
                            .mapToLong(ObservedDevice.Read::length)
                            .sum())
                    .isLessThan(64L << 20);
        }
    }

    @Nested
    class AContradiction {
        @ParameterizedTest
        @CsvSource({"blockCount, 20", "blockSize, 1024", "nameMax, 100", "attrMax, 100", "fileMax, 1000"})
        void ofOptionAndImageIsRefused(String option, String value) {
            assertInvalid(image.options().plus(option, value), InvalidOptionException.class);
        }

        @Test
        void ofVersionsIsRefused() {
            assertInvalid(image.options().plus("diskVersion", "2.0"), UnsupportedFormatException.class);
        }

        @ParameterizedTest
        @CsvSource({
            "blockCount, 32",
            "blockCount, 0",
            "block_size, 512",
            "nameMax, 255",
            "nameMax, 0",
            "disk-version, 2.1"
        })
        void isNoneWhereTheyAgree(String option, String value) throws Exception {
            open(image, image.options().plus(option, value)).close();
        }

        private void assertInvalid(Options options, Class<? extends StoreException> type) {
            assertThatThrownBy(() -> open(image, options))
                    .isInstanceOfSatisfying(
                            type, e -> assertThat(e.nativeCode()).contains("INVAL"));
        }
    }

    /** Littlefs page, section 2.1: the peer stops the program. */
    @Nested
    class AnInvalidOption {
        @ParameterizedTest
        @CsvSource({
            "blockCycles=0",
            "blockCycles=-2",
            "blockSize=64",
            "readSize=48",
            "progSize=24",
            "cacheSize=100",
            "readSize=16 cacheSize=24",
            "progSize=32 cacheSize=16",
            "nameMax=1023",
            "attrMax=1023",
            "fileMax=2147483648",
            "lookaheadSize=0",
            "metadataMax=100",
            "metadataMax=24 readSize=16",
            "inlineMax=65",
            "inlineMax=33 cacheSize=32",
            "inlineMax=33 metadataMax=256",
            "inlineMax=33 attrMax=32",
            "compactThresh=255",
            "compactThresh=513",
            "diskVersion=2.2",
            "dialect=fat",
            "colour=red",
        })
        void isRefused(String text) {
            Options options = image.options().with(LittleFsOptions.BLOCK_SIZE, 512L);
            for (String pair : text.split(" ")) {
                String name = pair.substring(0, pair.indexOf('='));
                options = Options.none()
                        .plus(name, pair.substring(name.length() + 1))
                        .orElse(options);
            }
            Options refused = options;
            assertThatThrownBy(() -> open(image, refused)).isInstanceOfSatisfying(InvalidOptionException.class, e -> {
                assertThat(e.nativeCode()).contains("INVAL");
            });
        }

        @Test
        void isFoundAlsoWhereTheBlockSizeComesFromTheImage() {
            assertThatThrownBy(() -> open(image, image.options().plus("cacheSize", "100")))
                    .isInstanceOf(InvalidOptionException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "blockCycles=1",
                    "inlineMax=-1",
                    "inlineMax=64",
                    "compactThresh=-1",
                    "compactThresh=256",
                    "metadataMax=256",
                    "cacheSize=512",
                    "readSize=512"
                })
        void isNotOneOfThese(String pair) throws Exception {
            String[] parts = pair.split("=");
            open(image, image.options().plus(parts[0], parts[1])).close();
        }
    }

    @Nested
    class AShortImage {
        private final TestImage shortened = image.cutTo(30 * 512);

        @Test
        void isRefusedWithBothSizesToBeChanged() {
            assertThatThrownBy(() -> open(shortened, Options.none()))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("32 blocks")
                    .hasMessageContaining("30 blocks of 512 bytes");
        }

        @Test
        void isReadAsFarAsItGoes() throws Exception {
            try (KeyValueStore store = open(shortened)) {
                assertThat(store.info().geometry().blockCount()).isEqualTo(30);
                assertThat(store.size(Key.of("big"))).isEqualTo(2600);
            }
        }

        @Test
        void canBeInspected() throws Exception {
            List<Finding> findings = new ArrayList<>();
            try (Inspection inspection = LittleFs.inspect(shortened.device(), image.options())) {
                assertThat(inspection.info().orElseThrow().properties().get("damaged"))
                        .contains("32 blocks");
                inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            }
            assertThat(findings).extracting(Finding::rule).containsExactly("superblock");
        }

        @Test
        void ofLessThanTwoBlocksIsRefusedToo() {
            TestImage tiny = image.cutTo(600);
            assertThatThrownBy(() -> open(tiny)).isInstanceOf(CorruptStoreException.class);
            assertThatThrownBy(() -> open(tiny, image.options().plus("blockSize", "512")))
                    .isInstanceOf(CorruptStoreException.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 4, 12, 100, 129, 600})
        void canBeInspectedHoweverShort(int length) throws Exception {
            List<Finding> findings = new ArrayList<>();
            try (Inspection inspection = LittleFs.inspect(image.cutTo(length).device(), image.options())) {
                inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            }
            assertThat(findings).isNotEmpty();
        }
    }

    @Nested
    class ALargerDevice {
        @Test
        void isNoError() throws Exception {
            TestImage larger = image.cutTo(40 * 512 + 17);
            try (KeyValueStore store = open(larger)) {
                assertThat(store.info().geometry().blockCount()).isEqualTo(32);
            }
        }
    }

    @Nested
    class TheDevice {
        @Test
        void isClosedWithTheStore() throws Exception {
            RamDevice device = image.device();
            Stores.open(device, image.options()).close();
            assertThatThrownBy(device::sync).isInstanceOf(StoreException.class);
        }

        @Test
        void staysOpenIfMountingFails() throws Exception {
            RamDevice device = image.filled(0, 1024, 0).device();
            assertThatThrownBy(() -> Stores.open(device, image.options())).isInstanceOf(CorruptStoreException.class);
            device.sync();
        }

        @Test
        void failsUnderItsOwnName() {
            ObservedDevice device = new ObservedDevice(image.device()).brokenAt(0);
            assertThatThrownBy(() -> Stores.open(device, image.options()))
                    .isInstanceOfSatisfying(
                            DeviceIoException.class,
                            e -> assertThat(e.nativeCode()).contains("IO"));
        }
    }

    @Nested
    class Writing {
        private final LittleFsProvider provider = new LittleFsProvider();

        @Test
        void isBuilt() {}

        /** By paths and handles; keys and values of the dialect can be changed. */
        @Test
        void byTheCImplementationsCallsIsRefusedInTheDialectOfChamelon() throws Exception {
            RamDevice device = RamDevice.erased(Geometry.ofBlocks(512, 64));
            LittleFs.format(device, ChamelonFixture.DIALECT);
            byte[] formatted = device.image();
            try (LittleFs files = LittleFs.mount(device, ChamelonFixture.DIALECT)) {
                assertThatThrownBy(() -> files.makeDirectory(LittleFsPath.of("d")))
                        .isInstanceOf(UnsupportedFormatException.class);
                assertThatThrownBy(files::collectGarbage).isInstanceOf(UnsupportedFormatException.class);
                assertThat(device.image()).isEqualTo(formatted);
                files.store().set(Key.of("a"), new byte[3]);
                assertThat(files.stat(LittleFsPath.of("a")).size()).isEqualTo(3);
            }
        }

        @Test
        void doesNotRaiseTheVersionForChamelon() {
            Options newer = ChamelonFixture.DIALECT.plus("diskVersion", "2.1");
            RamDevice device = RamDevice.erased(Geometry.ofBlocks(512, 64));
            assertThatThrownBy(() -> LittleFs.format(device, newer))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("2.0 only");
        }

        @Test
        void isNotAskedForOnAReadOnlyDevice() throws Exception {
            BlockDevice device = RamDevice.readOnly(image.device().geometry(), image.bytes());
            provider.open(List.of(device), Options.none()).close();
        }
    }

    @Nested
    class TheProvider {
        @Test
        void isFound() {
            assertThat(ServiceLoader.load(StoreProvider.class).stream()
                            .map(found -> found.get().format()))
                    .contains("littlefs");
        }

        @Test
        void takesOneDevice() {
            List<BlockDevice> two = List.of(image.device(), image.device());
            assertThatThrownBy(() -> new LittleFsProvider().probe(two)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void declaresEveryOptionOnce() {
            assertThat(new LittleFsProvider().options())
                    .extracting(option -> option.name())
                    .doesNotHaveDuplicates()
                    .allSatisfy(name -> assertThat(name).isNotEmpty());
            assertThat(new LittleFsProvider().options())
                    .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        }
    }
}
