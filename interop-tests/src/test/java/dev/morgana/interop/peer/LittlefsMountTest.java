package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.peer.Comparison.Direction;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.provider.Inspection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel, ordinary tools and a littlefs that we did not write, on images that we make and read. */
@Tag("interop")
class LittlefsMountTest {
    private static final int ROUNDS = 10;
    private static final int STEPS_PER_ROUND = 12;
    private static final int FILES_BEFORE_THE_CUT = 40;

    /** Before the cut files are written over and over, this many. */
    private static final int RING = 10;

    private static MountProgram program;
    private static String version;

    static Stream<Setup> setups() {
        return Stream.of("2.0", "2.1")
                .flatMap(version -> Stream.concat(
                        Stream.of(
                                setup(version, 512, 1024, 16, 64, 10),
                                setup(version, 4096, 256, 16, 256, 100),
                                setup(version, 65536, 32, 256, 512, -1)),
                        more().map(size -> setup(version, size[0], size[1], 16, 64, 100))));
    }

    /** Geometries that the user adds, such as {@code -Dmorgana.littlefsFuse.geometries=1024x256,2048x100}. */
    private static Stream<int[]> more() {
        return Pattern.compile(",")
                .splitAsStream(System.getProperty("morgana.littlefsFuse.geometries", ""))
                .filter(size -> !size.isBlank())
                .map(size -> Stream.of(size.strip().split("x"))
                        .mapToInt(Integer::parseInt)
                        .toArray());
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
    static void chooseTheProgram(@TempDir Path folder) throws Exception {
        try {
            if (!Files.exists(Path.of("/dev/fuse"))) {
                throw new Unavailable("there is no /dev/fuse");
            }
            program = MountProgram.choose();
        } catch (Unavailable e) {
            new Comparison(MountProgram.wanted(), "", "all").skipped(e.getMessage());
            if (LivePeer.REQUIRED) {
                throw new AssertionError("mounts in a container are required here, but " + e.getMessage());
            }
            Assumptions.abort("littlefs cannot be mounted: " + e.getMessage());
        }
        try (LittlefsMount mount = new LittlefsMount(program, folder)) {
            version = mount.version();
        }
    }

    @AfterAll
    static void tellThatTheRealOneDidNotRun() {
        if (!MountProgram.wanted().equals(MountProgram.REAL)) {
            new Comparison(MountProgram.REAL, "", "all")
                    .skipped("not run: -Dmorgana.littlefsFuse.image names no image");
        }
    }

    private static Comparison comparison(Setup setup) {
        return new Comparison(program.label(), version, setup.name());
    }

    private static List<Direction> direction(String name) {
        return List.of(new Direction(name, () -> 1));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void sessionsAlternate(Setup setup, @TempDir Path folder) throws Exception {
        Path image = setup.create(folder).get(0);
        int block = (int) setup.options().get("blockSize");
        try (LittlefsMount mount = new LittlefsMount(program, folder);
                Participant ours = new OurTreeParticipant(setup.address(List.of(image)))) {
            Participant mounted = new MountedParticipant(mount, image, setup);
            Alternation alternation =
                    new Alternation(ours, mounted, new TreeWorkload(20, Math.min(3 * block, 40_000), 0), block);
            comparison(setup)
                    .run(
                            List.of(
                                    new Direction("Morgana writes, the mount reads", () -> alternation.writtenBy(ours)),
                                    new Direction(
                                            "the mount writes, Morgana reads", () -> alternation.writtenBy(mounted))),
                            () -> {
                                alternation.run(2 * ROUNDS, STEPS_PER_ROUND);
                                assertThat(findings(image)).isEmpty();
                            });
        }
    }

    /** The same script runs on the mount and in an ordinary folder; what we read of the image equals the folder. */
    @ParameterizedTest
    @MethodSource("setups")
    void ordinaryToolsLeaveWhatTheyLeaveElsewhere(Setup setup, @TempDir Path folder) throws Exception {
        comparison(setup)
                .run(direction("tools on the mount write, Morgana reads"), () -> useOrdinaryTools(setup, folder));
    }

    /** Copies go without their owner, since the real program refuses every change of it. */
    private static void useOrdinaryTools(Setup setup, Path folder) throws Exception {
        Path image = setup.create(folder).get(0);
        try (LittlefsMount mount = new LittlefsMount(program, folder);
                Participant ours = new OurTreeParticipant(setup.address(List.of(image)))) {
            ours.format();
            Participant mounted = new MountedParticipant(mount, image, setup);
            mounted.open();
            mount.run("mkdir -p /tmp/mirror && head -c 30000 /dev/urandom > /tmp/noise");
            String script = "set -e; mkdir -p a/b c; cp /tmp/noise a/b/one; cp /etc/passwd c/two;"
                    + " cp -R a/b c/copy; mv c/two a/b/three; mv a d; dd if=/tmp/noise of=d/b/one bs=1 skip=7 seek=4093"
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
        }
    }

    private static SortedMap<Name, Row> mirror(LittlefsMount mount) throws Exception {
        return MountedParticipant.rows(mount.run(MountedParticipant.listing("/tmp/mirror")));
    }

    /** The container ends in the middle of writing: then the image is one that lost power. */
    @ParameterizedTest
    @MethodSource("setups")
    void aKilledMountLosesNothingThatWasSynced(Setup setup, @TempDir Path folder) throws Exception {
        comparison(setup)
                .run(direction("killed while mounted, Morgana and a new mount read"), () -> kill(setup, folder));
    }

    private static void kill(Setup setup, Path folder) throws Exception {
        Path image = setup.create(folder).get(0);
        Path progress = Files.createFile(folder.resolve("progress"));
        try (Participant ours = new OurTreeParticipant(setup.address(List.of(image)))) {
            ours.format();
            try (LittlefsMount mount = new LittlefsMount(program, folder)) {
                mount.mount(image, setup);
                mount.run("(cd " + LittlefsMount.MOUNT + " && i=0; while :; do i=$((i+1)); seq $i $((i+200))"
                        + " | dd of=f$((i%" + RING + ")) conv=fsync status=none; echo $i >> " + LittlefsMount.FOLDER
                        + "/progress; done) > /dev/null 2>&1 &");
                while (synced(progress) < FILES_BEFORE_THE_CUT) {
                    Thread.onSpinWait();
                }
                mount.kill();
            }
            assertThat(findings(image)).allMatch(Finding::repairable);
            ours.open();
            SortedMap<Name, Row> seen = ours.list();
            ours.close();
            assertThat(seen).isIn(afterTheCut(synced(progress)));
            try (LittlefsMount again = new LittlefsMount(program, folder)) {
                Participant mounted = new MountedParticipant(again, image, setup);
                mounted.open();
                assertThat(mounted.list()).isEqualTo(seen);
                mounted.apply(new Step.Put(Name.of("after"), content(1)));
                mounted.close();
            }
            ours.open();
            assertThat(ours.list()).isEqualTo(with(seen, Name.of("after"), content(1)));
            ours.close();
        }
    }

    /** How many files were synced: each left a line. */
    private static int synced(Path progress) throws Exception {
        String text = Files.readString(progress);
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** All that were synced; the one that was being written is as before, or emptied, or written already. */
    private static List<SortedMap<Name, Row>> afterTheCut(int synced) {
        SortedMap<Name, Row> before = new TreeMap<>();
        for (int i = synced - RING + 1; i <= synced; i++) {
            before.put(ring(i), Row.of("file", content(i), Map.of()));
        }
        int next = synced + 1;
        return List.of(before, with(before, ring(next), new byte[0]), with(before, ring(next), content(next)));
    }

    private static SortedMap<Name, Row> with(SortedMap<Name, Row> rows, Name name, byte[] content) {
        SortedMap<Name, Row> changed = new TreeMap<>(rows);
        changed.put(name, Row.of("file", content, Map.of()));
        return changed;
    }

    private static Name ring(int i) {
        return Name.of("f" + i % RING);
    }

    /** What {@code seq} prints. */
    private static byte[] content(int first) {
        return IntStream.rangeClosed(first, first + 200)
                .mapToObj(i -> i + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
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
