package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options are not stored in an image: what is found out, and what is said of wrong ones. */
class WrongOptionsTest {
    private final Config config = Config.P512_A1;
    private byte[] image = new byte[0];

    @BeforeEach
    void anImage() throws StoreException {
        RamDevice flash = RamDevice.erased(config.geometry());
        Ekv.format(flash, config.options());
        try (Ekv database = Ekv.open(flash, config.options())) {
            for (int i = 0; i < 60; i++) {
                database.put(key(i), new byte[i * 3]);
            }
        }
        image = flash.image();
    }

    private static byte[] key(int number) {
        return "key%03d".formatted(number * 37 % 60).getBytes(StandardCharsets.US_ASCII);
    }

    private RamDevice copy() {
        return RamDevice.of(config.geometry(), image);
    }

    private void expectContent(Ekv database) throws StoreException {
        for (int i = 0; i < 60; i++) {
            assertThat(database.get(key(i)))
                    .get(InstanceOfAssertFactories.BYTE_ARRAY)
                    .hasSize(i * 3);
        }
    }

    @Test
    void withoutAnyOptionTheImageIsRead() throws StoreException {
        try (Ekv database = Ekv.open(copy(), Options.none())) {
            expectContent(database);
            database.put(key(3), new byte[5]);
            assertThat(database.get(key(3)))
                    .get(InstanceOfAssertFactories.BYTE_ARRAY)
                    .hasSize(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"pageSize, 1024", "pageSize, 256", "crc, false", "maxPageCount, 32"})
    void theOneThatIsWrongIsNamed(String option, String value) {
        Options wrong = Options.none().plus(option, value).orElse(config.options());
        RamDevice flash = copy();
        assertThatThrownBy(() -> Ekv.open(flash, wrong))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("option " + option);
        assertThat(flash.image()).isEqualTo(image);
    }

    @ParameterizedTest
    @CsvSource({"maxKeySize, 1024", "maxValueSize, 7", "maxKeySize, 1"})
    void sizesThatTheRecordsContradictAreNamed(String option, String value) {
        Options wrong = Options.none().plus(option, value).orElse(config.options());
        assertThatThrownBy(() -> Ekv.open(copy(), wrong))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("option max");
    }

    @ParameterizedTest
    @CsvSource({
        "branchingFactor, 4",
        "maxChunkSize, 128",
        "align, 4",
        "eraseValue, 0",
        "scratchPageCount, 0",
        "maxPageCount, 255"
    })
    void othersGiveTheRightContentOrADocumentedError(String option, String value) throws StoreException {
        Options wrong = Options.of(Map.of(option, value)).orElse(config.options());
        try (Ekv database = Ekv.open(copy(), wrong)) {
            expectContent(database);
        } catch (CorruptStoreException | InvalidOptionException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
