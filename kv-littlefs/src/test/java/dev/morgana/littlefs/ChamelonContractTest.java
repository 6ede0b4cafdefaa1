package dev.morgana.littlefs;

import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of stores in the dialect of chamelon. */
class ChamelonContractTest {
    @Nested
    class OnFlash extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return new ChamelonFixture(
                    Media.flash(),
                    List.of(ChamelonFixture.SMALL, ChamelonFixture.SMALLEST, ChamelonFixture.COMMON),
                    TestSize.of(20, 300, 3_000));
        }
    }
}
