package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.tck.store.TestSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites and programs that we did not write, on the command's mount. */
@Tag("interop")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MountSuitesTest {
    private static final Map<String, String> IMAGES =
            Map.of("littlefs", "?blockSize=4096", "ekv-fs", "?pageSize=4096&maxKeySize=250");
    private static final Pattern SUMMARY = Pattern.compile(
            "Summary: (\\d+) failed, (\\d+) skipped, (\\d+) passed, (\\d+) expected failures, (\\d+) total");
    private static final int LEAST_PASSED = 124;
    private static final int SUITE = 398;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needAMount() {
        MorganaMount.require("fusermount", "git", "sqlite3", "rsync", "tar");
    }

    /** A program of a crate, where it was installed. */
    private static String crate(String name) {
        Path installed = Path.of(System.getProperty("morgana.suites", ""), "bin", name);
        if (Files.isExecutable(installed)) {
            return installed.toString();
        }
        return Workshop.tool(name)
                .orElseGet(() -> Assumptions.abort(name + " is not on this machine; Cargo installs it"));
    }

    private String image(String format) throws Exception {
        String address = format + "+file:" + folder.resolve("image") + IMAGES.get(format);
        Morgana.load().at(address + "&size=64MiB").create().close();
        return address;
    }

    private static List<Finding> findings(String address) throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = Morgana.load().at(address).readOnly().inspect()) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        findings.removeIf(finding -> finding.severity() == Severity.INFO);
        return findings;
    }

    private static Comparison comparison(String program, String format) {
        return new Comparison(program, "", "morgana mount, " + format);
    }

    private static List<Comparison.Direction> once() {
        return List.of(new Comparison.Direction("on the mount", () -> 1));
    }

    /** What is expected to fail is in the file, by reasons; whatever else fails, or passes nevertheless, is an error. */
    @Test
    void pjdfstestPassesWhatImagesCanDo() throws Exception {
        String program = crate("pjdfstest");
        Path words =
                Path.of(System.getProperty("morgana.reactor", "..")).resolve("interop-tests/suites/pjdfstest.toml");
        String image = image("littlefs");
        comparison("pjdfstest 0.2.2", "littlefs").run(once(), () -> {
            try (MorganaMount mount = MorganaMount.of(image, folder.resolve("mnt"))) {
                String said = MorganaMount.shell(
                        folder, program + " -c " + words.toAbsolutePath() + " -p " + mount.folder() + " 2>&1");
                Matcher summary = SUMMARY.matcher(said);
                assertThat(summary.find()).as(said).isTrue();
                assertThat(summary.group(1)).as(said).isEqualTo("0");
                assertThat(Integer.parseInt(summary.group(3))).isGreaterThanOrEqualTo(LEAST_PASSED);
                assertThat(Integer.parseInt(summary.group(5))).isEqualTo(SUITE);
            }
            assertThat(findings(image)).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"littlefs, 1", "littlefs, 2", "littlefs, 3", "ekv-fs, 1", "ekv-fs, 2", "ekv-fs, 3"})
    void fsxFindsNothing(String format, int seed) throws Exception {
        String program = crate("fsx");
        int operations = TestSize.of(1000, 4000, 20_000);
        String image = image(format);
        comparison("fsx 0.3.2", format + ", seed " + seed).run(once(), () -> {
            try (MorganaMount mount = MorganaMount.of(image, folder.resolve("mnt"))) {
                String said = MorganaMount.shell(
                        folder, program + " -N " + operations + " -S " + seed + " " + mount.folder() + "/file 2>&1");
                assertThat(said).contains("All operations completed A-OK!");
            }
            assertThat(findings(image)).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"littlefs", "ekv-fs"})
    void programsWorkAsInAFolder(String format) throws Exception {
        String image = image(format);
        MorganaMount.shell(
                folder,
                "git init -q origin; cd origin; for i in $(seq 20); do mkdir -p d$i; seq $i 200 > d$i/f; git add .;"
                        + " git -c user.name=a -c user.email=a@example.com commit -q -m $i; done; cd ..;"
                        + " mkdir tree; cp -r origin/d* tree; head -c 200000 /dev/urandom > tree/noise");
        comparison("git, sqlite3, rsync, tar", format).run(once(), () -> {
            try (MorganaMount mount = MorganaMount.of(image, folder.resolve("mnt"))) {
                Path at = mount.folder();
                MorganaMount.shell(at, "git clone -q ../origin clone; git -C clone fsck --full --strict");
                assertThat(MorganaMount.shell(at, "git -C clone log --oneline | wc -l")
                                .strip())
                        .isEqualTo("20");
                assertThat(MorganaMount.shell(
                                at,
                                "sqlite3 db 'create table t(a integer primary key, b text); with recursive c(x) as (select 1"
                                        + " union all select x+1 from c where x<2000) insert into t select x,"
                                        + " hex(randomblob(20)) from c; update t set b=1 where a%3=0; delete from t where"
                                        + " a%5=0; vacuum; pragma integrity_check; select count(*) from t'"))
                        .isEqualTo("ok\n1600\n");
                MorganaMount.shell(at, "rsync -a ../tree/ copy/ && diff -r ../tree copy");
                assertThat(MorganaMount.shell(at, "rsync -a --itemize-changes ../tree/ copy/"))
                        .isEmpty();
                MorganaMount.shell(at, "tar -C .. -cf a.tar tree; tar -xf a.tar; diff -r ../tree tree");
                assertThat(mount.unmount()).isZero();
            }
            assertThat(findings(image)).isEmpty();
        });
    }
}
