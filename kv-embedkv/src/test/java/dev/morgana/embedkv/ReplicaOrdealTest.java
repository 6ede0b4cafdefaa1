package dev.morgana.embedkv;

import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several replicas, of which one at a time goes bad until a repair ends: what was acknowledged is readable, what was removed
 * stays away, and in the end all replicas are good and equal.
 */
@Campaign
class ReplicaOrdealTest {
    private static final int RUNS = TestSize.of(250, 250, 5_000);

    /** Blocks of 38 bytes have no room for an epoch, so that majority alone decides. */
    @ParameterizedTest
    @CsvSource({"3, 38", "3, 40", "3, 64", "3, 128", "2, 64", "5, 64"})
    void keepsWhatWasAcknowledged(int replicas, int blockSize) throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            new ReplicaOrdeal(seed, replicas, blockSize).run();
        }
    }
}
