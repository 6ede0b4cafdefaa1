package dev.morgana.embedkv.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one thing in the padding of block 0 that is ours. */
class EpochTest {
    private static StorageHeader header(long epoch) {
        return StorageHeader.of(64, 20, 7, 8).withEpoch(epoch);
    }

    @Test
    void liesBehindTheFieldsOfTheFormat() {
        byte[] block = header(0x01020304).encode();
        assertThat(Arrays.copyOfRange(block, 28, 36)).isEqualTo(HexFormat.of().parseHex("45504f4304030201"));
        assertThat(StorageHeader.decode(block).asOptional()).hasValue(header(0x01020304));
    }

    @Test
    void leavesThePaddingAsThePeersWriteItUntilItIsRaised() {
        byte[] block = header(0).encode();
        assertThat(Arrays.copyOfRange(block, 28, 60)).containsOnly(0);
    }

    @Test
    void isNoneInThePaddingOfAStranger() {
        byte[] block = header(0).encode();
        Arrays.fill(block, 28, 60, (byte) 0x5a);
        BlockChecksum.seal(block);
        assertThat(StorageHeader.decode(block).asOptional()).hasValue(header(0));
    }

    @Test
    void needsBlocksOf40Bytes() {
        assertThat(StorageHeader.of(39, 20, 0, 0).canHaveEpoch()).isFalse();
        assertThat(StorageHeader.of(40, 20, 0, 0).canHaveEpoch()).isTrue();
        assertThat(StorageHeader.of(39, 20, 0, 0).encode()).hasSize(39);
    }

    @Nested
    class TornWhileItWasRaised {
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 254, 255, 256, 65_535})
        void isWhatItWasBefore(long epoch) {
            byte[] before = header(epoch).encode();
            byte[] after = header(epoch + 1).encode();
            for (int cut = 1; cut < before.length; cut++) {
                byte[] head = before.clone();
                System.arraycopy(after, 0, head, 0, cut);
                byte[] tail = after.clone();
                System.arraycopy(before, 0, tail, 0, cut);
                expectBefore(head, before, after, epoch);
                expectBefore(tail, before, after, epoch);
            }
        }

        private void expectBefore(byte[] torn, byte[] before, byte[] after, long epoch) {
            if (!Arrays.equals(torn, before) && !Arrays.equals(torn, after)) {
                assertThat(TornEpoch.restore(torn)).hasValue(header(epoch));
            }
        }

        /** Else damage would make a replica newer than all others. */
        @Test
        void isNeverMoreThanItWasIfABitFlips() {
            byte[] good = header(6).encode();
            for (int bit = 0; bit < good.length * 8; bit++) {
                byte[] flipped = good.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(TornEpoch.restore(flipped))
                        .satisfiesAnyOf(
                                found -> assertThat(found).isEmpty(),
                                found -> assertThat(found.orElseThrow().epoch()).isLessThanOrEqualTo(6));
            }
        }

        @Test
        void isNothingOfTheKindInAnyOtherBlock() {
            byte[] block = header(3).encode();
            block[9] ^= 1;
            assertThat(TornEpoch.restore(block)).isEmpty();
            assertThat(TornEpoch.restore(new byte[64])).isEmpty();
            assertThat(TornEpoch.restore(new byte[36])).isEmpty();
        }
    }
}
