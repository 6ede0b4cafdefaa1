package dev.morgana.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.cli.extension.VerbException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {
    @Test
    void nobodyIsLetInWithoutBeingKnown() {
        assertThatThrownBy(() -> Admission.of("a", "", "")).isInstanceOf(VerbException.class);
    }

    @Test
    void thePasswordIsTheFirstLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("p"), "wörd\nother\n", UTF_8);
        assertThat(Admission.of("a", "", file.toString()).password()).contains("wörd");
        Files.writeString(file, "\nother\n");
        assertThatThrownBy(() -> Admission.of("a", "", file.toString())).isInstanceOf(VerbException.class);
        assertThatThrownBy(() -> Admission.of("a", folder.resolve("none").toString(), ""))
                .isInstanceOf(VerbException.class)
                .hasMessageContaining("none");
    }
}
