package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.report.InteropReport;
import dev.morgana.interop.report.InteropReport.Line;
import dev.morgana.interop.report.InteropReport.Outcome;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.provider.Inspection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.DockerClientFactory;

/** The kernel, ordinary tools and a littlefs that we did not write, on images that we make and read. */
@Tag("interop")
class LittlefsMountTest {
    private static final int ROUNDS = 10;
    private static final int STEPS_PER_ROUND = 12;
    private static final int FILES_BEFORE_THE_CUT = 40;

    private static MountProgram program;

    static Stream<Setup> setups() {
        return Stream.of("2.0", "2.1")
                .flatMap(version -> Stream.of(
                        setup(version, 512, 1024, 16, 64, 10),
                        setup(version, 4096, 256, 16, 256, 100),
                        setup(version, 65536, 32, 256, 512, -1)));
    }

    private static Setup setup(String version, int block, int blocks, int read, int prog, int cycles) {
        Map<String, Object> options = new TreeMap<>(Map.of(
                "blockSize",
                block,
                "blockCount",
                blocks,
                "readSize",
                read,
                "progSize",
                prog,
                "cacheSize",
                prog,
                "blockCycles",
                cycles,
                "diskVersion",
                version));
        String name = version + ", " + blocks + " blocks of " + block;
        return new Setup("littlefs", name, options, List.copyOf(options.keySet()), block * blocks, 1, 255);
    }

    @BeforeAll
    static void chooseTheProgram() throws Exception {
        String missing = !Files.exists(Path.of("/dev/fuse"))
                ? "there is no /dev/fuse"
                : DockerClientFactory.instance().isDockerAvailable() ? "" : "no container engine answers";
        if (!missing.isEmpty()) {
            if (LivePeer.REQUIRED) {
                throw new AssertionError("mounts in a container are required here, but " + missing);
            }
            InteropReport.add(new Line("littlefs, mounted", "both", "all", 0, Outcome.SKIPPED, missing));
            Assumptions.abort("littlefs cannot be mounted: " + missing);
        }
        program = MountProgram.choose();
    }

    @AfterAll
    static void tellThatTheRealOneDidNotRun() {
        if (program != null && !program.isReal()) {
            String why = "not run: -Dmorgana.littlefsFuse.image names no image";
            InteropReport.add(new Line(MountProgram.REAL, "both", "all", 0, Outcome.SKIPPED, why));
        }
    }

    private static void report(String direction, Setup setup, int rounds) {
        InteropReport.add(new Line(program.label(), direction, setup.name(), rounds, Outcome.PASSED, ""));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void sessionsAlternate(Setup setup, @TempDir Path folder) throws Exception {
        Path image = setup.create(folder).get(0);
        int block = (int) setup.options().get("blockSize");
        try (LittlefsMount mount = new LittlefsMount(program, folder);
                Party ours = new OurTreeParty(setup.address(List.of(image)))) {
            Party mounted = new MountedParty(mount, image, setup);
            Alternation alternation =
                    new Alternation(ours, mounted, new TreeWorkload(20, Math.min(3 * block, 40_000), 0), block);
            alternation.run(2 * ROUNDS, STEPS_PER_ROUND);
            report("Morgana writes, the mount reads", setup, alternation.writtenBy(ours));
            report("the mount writes, Morgana reads", setup, alternation.writtenBy(mounted));
        }
    }

    /** The same script runs on the mount and in an ordinary folder; what we read of the image equals the folder. */
    @ParameterizedTest
    @MethodSource("setups")
    void ordinaryToolsLeaveWhatTheyLeaveElsewhere(Setup setup, @TempDir Path folder) throws Exception {
        Path image = setup.create(folder).get(0);
        try (LittlefsMount mount = new LittlefsMount(program, folder);
                Party ours = new OurTreeParty(setup.address(List.of(image)))) {
            ours.format();
            Party mounted = new MountedParty(mount, image, setup);
            mounted.open();
            mount.run("mkdir -p /tmp/mirror && head -c 30000 /dev/urandom > /tmp/noise");
            String script = "set -e; mkdir -p a/b c; cp -a /tmp/noise a/b/one; cp -a /etc/passwd c/two;"
                    + " cp -a a/b c/copy; mv c/two a/b/three; mv a d; dd if=/tmp/noise of=d/b/one bs=1 skip=7 seek=4093"
                    + " count=9 conv=notrunc status=none; dd if=/tmp/noise of=d/b/one bs=512 seek=70 count=2"
                    + " conv=notrunc status=none; truncate -s 12345 c/copy/one; truncate -s 20000 d/b/three;"
                    + " mkdir e; cp /etc/hostname e/x; rm -r e; : > empty";
            mount.run("cd /tmp/mirror && " + script);
            mount.run("cd " + LittlefsMount.MOUNT + " && " + script);
            SortedMap<Name, Row> expected = mirror(mount);
            assertThat(mounted.list()).isEqualTo(expected);
            mounted.close();
            ours.open();
            assertThat(ours.list()).hasSizeGreaterThan(5).isEqualTo(expected);
            ours.close();
            assertThat(findings(image)).isEmpty();
            report("tools on the mount write, Morgana reads", setup, 1);
        }
    }

    private static SortedMap<Name, Row> mirror(LittlefsMount mount) throws Exception {
        return MountedParty.rows(mount.run(MountedParty.listing("/tmp/mirror")));
    }

    /** The container ends in the middle of writing: then the image is one that lost power. */
    @ParameterizedTest
    @MethodSource("setups")
    void aKilledMountLosesNothingThatWasSynced(Setup setup, @TempDir Path folder) throws Exception {
        Path image = setup.create(folder).get(0);
        try (Party ours = new OurTreeParty(setup.address(List.of(image)))) {
            ours.format();
            try (LittlefsMount mount = new LittlefsMount(program, folder)) {
                mount.mount(image, setup);
                mount.run(
                        "(cd " + LittlefsMount.MOUNT + " && i=0; while :; do i=$((i+1)); echo content-$i > f$((i%50));"
                                + " echo $i > " + LittlefsMount.FOLDER + "/progress; done) > /dev/null 2>&1 &");
                waitFor(folder.resolve("progress"), FILES_BEFORE_THE_CUT);
                mount.kill();
            }
            assertThat(findings(image)).allMatch(Finding::repairable);
            ours.open();
            SortedMap<Name, Row> seen = ours.list();
            ours.close();
            assertThat(seen).hasSizeGreaterThanOrEqualTo(FILES_BEFORE_THE_CUT - 1);
            try (LittlefsMount again = new LittlefsMount(program, folder)) {
                Party mounted = new MountedParty(again, image, setup);
                mounted.open();
                assertThat(mounted.list()).isEqualTo(seen);
                mounted.close();
            }
            report("killed while mounted, Morgana and a new mount read", setup, 1);
        }
    }

    private static void waitFor(Path progress, int count) throws Exception {
        while (!Files.exists(progress) || !reached(progress, count)) {
            Thread.onSpinWait();
        }
    }

    private static boolean reached(Path progress, int count) throws Exception {
        String text = Files.readString(progress).strip();
        return !text.isEmpty() && Integer.parseInt(text) >= count;
    }

    private static List<Finding> findings(Path image) throws Exception {
        List<Finding> findings = new ArrayList<>();
        Morgana morgana = Morgana.load();
        try (Inspection inspection = morgana.inspect(morgana.parse("littlefs+file:" + image + "?readOnly=true"))) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        findings.removeIf(finding -> finding.severity() == Severity.INFO);
        return findings;
    }
}
