package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What works on a full flash, and what is refused without doing harm. */
class FullFlashTest {
    private static byte[] key(int number) {
        return "k%04d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] value(int number, int length) {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) number);
        return value;
    }

    private static RamDevice formatted(Config config) throws StoreException {
        RamDevice flash = RamDevice.erased(config.geometry());
        Ekv.format(flash, config.options());
        return flash;
    }

    /** Puts values until there is no space for another one; returns how many there are. */
    private static int fill(Ekv database, int length) throws StoreException {
        int count = 0;
        while (true) {
            try {
                database.put(key(count), value(count, length));
            } catch (NoSpaceException e) {
                assertThat(e.nativeCode()).contains("Full");
                return count;
            }
            count++;
        }
    }

    @Nested
    class WhenItIsFull {
        @ParameterizedTest
        @EnumSource(
                value = Config.class,
                names = {"P128", "P512_A1", "P512_E00", "P256_A2_BF4", "P4096", "P512_A8", "P512_A16"})
        void everythingCanBeDeletedAndWrittenAgain(Config config) throws StoreException {
            RamDevice flash = formatted(config);
            int length = Math.min(60, config.maxValueSize());
            try (Ekv database = Ekv.open(flash, config.options())) {
                int count = fill(database, length);
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    assertThat(database.get(key(i))).hasValue(value(i, length));
                    order.add(i);
                }
                Collections.shuffle(order, new Random(3));
                for (int number : order) {
                    assertThat(database.delete(key(number))).isTrue();
                }
                try (var keys = database.store().keys()) {
                    assertThat(keys).isEmpty();
                }
                assertThat(fill(database, length)).isGreaterThanOrEqualTo(count - 2);
            }
        }

        @ParameterizedTest
        @EnumSource(
                value = Config.class,
                names = {"P128", "P512_A1", "P4096_NOCRC"})
        void valuesCanBeReplacedByOnesNoLarger(Config config) throws StoreException {
            RamDevice flash = formatted(config);
            try (Ekv database = Ekv.open(flash, config.options())) {
                int count = fill(database, 40);
                for (int i = 0; i < count; i += 3) {
                    database.put(key(i), value(i + 1, 40 - i % 5));
                    assertThat(database.get(key(i))).hasValue(value(i + 1, 40 - i % 5));
                }
            }
        }

        @Test
        void aTransactionThatDoesNotFitChangesNothing() throws StoreException {
            RamDevice flash = formatted(Config.P128);
            try (Ekv database = Ekv.open(flash, Config.P128.options())) {
                fill(database, 60);
                try (WriteTransaction change = database.write()) {
                    for (int i = 0; i < 40; i++) {
                        change.put(("x" + i).getBytes(StandardCharsets.US_ASCII), value(i, 60));
                    }
                    assertThatThrownBy(change::commit).isInstanceOf(NoSpaceException.class);
                }
                assertThat(database.store().get("x0".getBytes(StandardCharsets.US_ASCII)))
                        .isEmpty();
                assertThat(database.delete(key(0))).isTrue();
            }
        }
    }

    @Nested
    class Limits {
        @Test
        void aKeyOrValueThatIsTooLongIsRefusedAndTheTransactionGoesOn() throws StoreException {
            RamDevice flash = formatted(Config.P128);
            try (Ekv database = Ekv.open(flash, Config.P128.options());
                    WriteTransaction change = database.write()) {
                change.put(key(1), value(1, 3));
                assertThatThrownBy(() -> change.put(new byte[17], value(1, 3)))
                        .isInstanceOf(LimitExceededException.class);
                assertThatThrownBy(() -> change.put(key(2), value(1, 65))).isInstanceOf(LimitExceededException.class);
                change.commit();
                assertThat(database.get(key(1))).hasValue(value(1, 3));
            }
        }

        @Test
        void aFlashWithTooFewPagesIsRefused() {
            RamDevice flash = RamDevice.erased(Config.P4096.geometry().withBlockCount(10));
            assertThatThrownBy(() -> Ekv.format(flash, Config.P4096.options())).isInstanceOf(NoSpaceException.class);
        }
    }
}
