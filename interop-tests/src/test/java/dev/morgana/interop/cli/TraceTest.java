package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code -Dmorgana.trace=device} tells of each request. */
@Execution(ExecutionMode.CONCURRENT)
class TraceTest {
    @TempDir
    private Path folder;

    @Test
    void eachRequestIsALineThatSaysWhoseItIs() throws Exception {
        CommandProcess.run(List.of(), folder, "create", "littlefs", "image.bin", "-s", "64K");
        CommandProcess quiet = CommandProcess.run(List.of(), folder, "mkdir", "image.bin:/etc");
        assertThat(quiet.err()).isEmpty();
        CommandProcess traced =
                CommandProcess.run(List.of("-Dmorgana.trace=device"), folder, "mkdir", "image.bin:/var");
        assertThat(traced.code()).isZero();
        assertThat(traced.err().lines())
                .anyMatch(line -> line.matches(".*image.bin read 0x0 \\+\\d+ \\(block 0\\) by \\w+\\.\\w+ < .*"))
                .anyMatch(line -> line.matches(".*image.bin program 0x\\w+ \\+\\d+ \\(block \\d+\\) by .*"))
                .anyMatch(line -> line.matches(".*image.bin sync by .*"));
    }
}
