package dev.morgana.interop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last lines of a run: what was skipped, and why. */
class SkipsTest {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    @Test
    void reasonsAreCountedByModuleAndContractsInOneLine(@TempDir Path reactor) throws Exception {
        Path reports = Files.createDirectories(reactor.resolve("kv-x/target/surefire-reports"));
        Path report = Files.writeString(reports.resolve("TEST-a.xml"), """
                <testsuite>
                  <testcase name="a"><skipped message="no compiler"/></testcase>
                  <testcase name="b"><skipped>org.opentest4j.TestAbortedException: Assumption failed: no loop device
                \tat dev.morgana.Some.test(Some.java:1)</skipped></testcase>
                  <testcase name="c"><skipped>org.opentest4j.TestAbortedException: Assumption failed: no times
                \tat dev.morgana.tck.store.ReadTck.times(ReadTck.java:1)</skipped></testcase>
                  <testcase name="d"/>
                </testsuite>
                """);
        Path own = Files.createDirectories(reactor.resolve("interop-tests/target/surefire-reports"));
        Files.copy(report, own.resolve("TEST-own.xml"));
        Path old = Files.copy(report, reports.resolve("TEST-old.xml"));
        Files.setLastModifiedTime(old, FileTime.from(START.minusSeconds(1)));
        Skips skips = new Skips();
        skips.addModules(reactor, START);
        skips.add("no engine");
        skips.add("no engine");
        assertThat(skips.lines())
                .containsExactly(
                        "skipped: 2 in interop-tests: no engine",
                        "skipped: 1 in kv-x: no compiler",
                        "skipped: 1 in kv-x: no loop device",
                        "skipped: 1 parts of contracts that do not apply to a format or device");
    }
}
