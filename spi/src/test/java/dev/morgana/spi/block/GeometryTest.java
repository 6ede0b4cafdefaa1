package dev.morgana.spi.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GeometryTest {
    private final Geometry geometry = new Geometry(4, 8, 64, 3, ErasedState.ONES);

    @Test
    void sizesMustFitEachOther() {
        assertThatThrownBy(() -> new Geometry(3, 1, 64, 1, ErasedState.ONES)).hasMessageContaining("not a multiple");
        assertThatThrownBy(() -> new Geometry(1, 48, 64, 1, ErasedState.ONES)).hasMessageContaining("not a multiple");
        assertThatThrownBy(() -> new Geometry(0, 1, 64, 1, ErasedState.ONES)).hasMessageContaining("no such sizes");
        assertThatThrownBy(() -> Geometry.ofBlocks(1 << 30, 1L << 40)).hasMessageContaining("2^63");
    }

    @Test
    void positionsAndBlocks() {
        assertThat(geometry.sizeBytes()).isEqualTo(192);
        assertThat(geometry.blockAt(63)).isZero();
        assertThat(geometry.blockAt(64)).isEqualTo(1);
        assertThat(geometry.startOf(2)).isEqualTo(128);
    }

    @Test
    void requestsWithinAndAlignedPass() {
        assertThatCode(() -> {
                    geometry.checkRead(4, 188);
                    geometry.checkRead(192, 0);
                    geometry.checkProgram(184, 8);
                    geometry.checkErase(2);
                    geometry.checkWithinBlock(64, 64);
                    geometry.checkWithinBlock(64, 0);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void requestsOutsideAreRefusedWithTheNumbers() {
        assertThatThrownBy(() -> geometry.checkRead(188, 8))
                .hasMessageContaining("188")
                .hasMessageContaining("192");
        assertThatThrownBy(() -> geometry.checkRead(-4, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> geometry.checkRead(Long.MAX_VALUE - 3, 8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> geometry.checkErase(3)).hasMessageContaining("3 blocks");
        assertThatThrownBy(() -> geometry.checkErase(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unalignedRequestsAreRefusedWithTheUnit() {
        assertThatThrownBy(() -> geometry.checkRead(2, 4)).hasMessageContaining("read size of 4");
        assertThatThrownBy(() -> geometry.checkProgram(4, 8)).hasMessageContaining("program size of 8");
        assertThatThrownBy(() -> geometry.checkProgram(8, 4)).hasMessageContaining("program size of 8");
        assertThatThrownBy(() -> geometry.checkWithinBlock(56, 16)).hasMessageContaining("crosses a block");
    }

    @Test
    void otherUnitsKeepTheSize() {
        assertThat(geometry.withUnits(1, 1, 50)).isEqualTo(new Geometry(1, 1, 50, 3, ErasedState.ONES));
        assertThat(geometry.withBlockCount(9).sizeBytes()).isEqualTo(576);
        assertThat(geometry.withErased(ErasedState.ZEROS).erased().byteValue()).hasValue(0);
    }
}
