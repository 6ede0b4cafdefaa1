package dev.morgana.spi.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitExceededExceptionTest {
    @Test
    void namesSizeLimitAndKey() {
        LimitExceededException error = new LimitExceededException("key (bytes)", 59, 60, "/etc/name");
        assertThat(error).hasMessage("60 bytes exceed the limit of 59 (key): /etc/name");
        assertThat(error.limit()).isEqualTo("key (bytes)");
        assertThat(error.allowed()).isEqualTo(59);
        assertThat(error.asked()).isEqualTo(60);
    }

    @Test
    void keepsOtherUnitsInTheNameOfTheLimit() {
        assertThat(new LimitExceededException("depth (segments)", 32, 33))
                .hasMessage("33 segments exceed the limit of 32 (depth)");
        assertThat(new LimitExceededException("indexBytes (bytes of memory)", 7, 8))
                .hasMessage("8 exceeds the limit of 7: indexBytes (bytes of memory)");
    }
}
