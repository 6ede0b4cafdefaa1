package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One image, mounted by the command and by a program over the C implementation in turn, and used by the same tools. */
@Tag("interop")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MountAlternationTest {
    private static final int ROUNDS = 10;
    private static final String GEOMETRY = "--block_size=4096 --block_count=1024 --read_size=16 --prog_size=256"
            + " --cache_size=256 --block_cycles=100";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needAMount() {
        MorganaMount.require("fusermount", "python3");
    }

    private static String peer() throws Exception {
        Path sources = Workshop.sources().resolve("littlefs-over-fusepy");
        Path environment = Workshop.folder("littlefs-over-fusepy");
        if (!Files.exists(environment.resolve("done"))) {
            Workshop.run(sources, Map.of(), List.of("python3", "-m", "venv", environment.toString()));
            Workshop.run(
                    sources,
                    Map.of(),
                    List.of(
                            environment.resolve("bin/pip").toString(),
                            "install",
                            "--quiet",
                            "-r",
                            sources.resolve("requirements.txt").toString()));
            Files.createFile(environment.resolve("done"));
        }
        return environment.resolve("bin/python") + " " + sources.resolve("c-littlefs-over-fusepy");
    }

    @Test
    void bothShowTheSameTree() throws Exception {
        String peer = peer();
        Path image = folder.resolve("image");
        Path mirror = Files.createDirectory(folder.resolve("mirror"));
        Path place = Files.createDirectory(folder.resolve("mnt"));
        Morgana.load()
                .at("littlefs+file:" + image + "?size=4MiB&blockSize=4096&readSize=16&progSize=256&cacheSize=256")
                .create()
                .close();
        Random random = new Random(3);
        new Comparison("C littlefs over fusepy", "littlefs-python 0.19.0, fusepy 3.0.1", "beside morgana mount")
                .run(List.of(new Comparison.Direction("both mounts in turn", () -> ROUNDS)), () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        String script = script(random, round);
                        MorganaMount.shell(mirror, script);
                        if (round % 2 == 0) {
                            try (MorganaMount mount = MorganaMount.of("littlefs+file:" + image, place)) {
                                use(mirror, place, script);
                                assertThat(mount.unmount()).isZero();
                            }
                        } else {
                            mountPeer(peer, image, place);
                            use(mirror, place, script);
                            MorganaMount.shell(
                                    folder,
                                    "fusermount -u mnt; while pgrep -f '[c]-littlefs-over.*" + image
                                            + "' > /dev/null; do :; done");
                        }
                    }
                    mountPeer(peer, image, place);
                    String theirs = MorganaMount.shell(
                            place, "find . -type f -exec sha256sum {} + | sort; find . -type d | sort");
                    MorganaMount.shell(folder, "fusermount -u mnt");
                    assertThat(theirs)
                            .isEqualTo(MorganaMount.shell(
                                    mirror, "find . -type f -exec sha256sum {} + | sort; find . -type d | sort"));
                });
    }

    private void mountPeer(String peer, Path image, Path place) throws Exception {
        MorganaMount.shell(
                folder,
                peer + " " + GEOMETRY + " " + image + " " + place + " > peer.log 2>&1 & "
                        + "for i in $(seq 500); do mountpoint -q " + place
                        + " && exit 0; sleep 0.02; done; cat peer.log; exit 1");
    }

    /** The mount shows what the mirror showed before, does the same, and shows the same again. */
    private static void use(Path mirror, Path place, String script) throws Exception {
        MorganaMount.shell(place, script);
        MorganaMount.shell(place, "diff -r . " + mirror);
    }

    private static String script(Random random, int round) {
        int a = random.nextInt(5);
        int b = random.nextInt(5);
        return "mkdir -p d" + a + "/e; seq " + random.nextInt(3000) + " > d" + a + "/f" + round + "; seq " + round + " "
                + random.nextInt(9000) + " > d" + a + "/e/x; [ ! -e d" + b + "/e/x ] || mv d" + b + "/e/x g" + b
                + "; [ ! -e d" + b + "/f0 ] || printf more >> d" + b + "/f0; rm -f d" + b + "/f" + (round - 3)
                + "; truncate -s " + random.nextInt(20_000) + " t" + a + "; rm -rf d" + random.nextInt(9);
    }
}
