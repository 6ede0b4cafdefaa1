package dev.morgana.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1 KiB", "1536,1.5 KiB", "1048576,1 MiB", "9223372036854775807,8.0 EiB"})
    void sizesForPeople(long bytes, String shown) {
        assertThat(Sizes.of(bytes)).isEqualTo(shown);
    }
}
