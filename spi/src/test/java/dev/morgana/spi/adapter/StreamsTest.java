package dev.morgana.spi.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static ByteArrayInputStream digits() {
        return new ByteArrayInputStream(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    }

    @Test
    void sliceGivesItsPartOnly() throws Exception {
        assertThat(new SliceStream(digits(), 3, 4).readAllBytes()).containsExactly(3, 4, 5, 6);
        SliceStream slice = new SliceStream(digits(), 8, 2);
        assertThat(slice.read()).isEqualTo(8);
        assertThat(slice.skip(5)).isEqualTo(1);
        assertThat(slice.read()).isEqualTo(-1);
    }

    @Test
    void sliceOfATooShortStreamFails() {
        assertThatThrownBy(() -> new SliceStream(digits(), 8, 4).readAllBytes()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new SliceStream(digits(), 11, 1).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void zerosEnd() throws Exception {
        assertThat(new ZeroStream(70_000).readAllBytes()).hasSize(70_000).containsOnly(0);
        assertThat(new ZeroStream(0).read()).isEqualTo(-1);
        ZeroStream one = new ZeroStream(1);
        assertThat(one.read()).isZero();
        assertThat(one.read(new byte[4], 0, 4)).isEqualTo(-1);
    }
}
