package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.provider.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repair tells what it leaves: images of every format with a byte or a few changed where there is something. */
class RepairVerbTest {
    private static final int ROUNDS = 24;
    private static final int DAMAGE_MAX = 16;

    /** Formats whose values span blocks by default. */
    private static final List<String> LARGE_VALUES = List.of("littlefs", "ekv-fs");

    @TempDir
    private Path folder;

    static Stream<String> formats() {
        return Morgana.load().formats().stream()
                .map(StoreProvider::format)
                .filter(format -> !format.startsWith("reference"));
    }

    private byte[] image(String format) throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/css")).getParent();
        int large = LARGE_VALUES.contains(format) ? 9000 : 900;
        Random random = new Random(3);
        for (String name : List.of("css/large", "css/small", "index")) {
            byte[] content = new byte[name.equals("css/large") ? large : 40];
            random.nextBytes(content);
            Files.write(site.resolve(name), content);
        }
        Path image = folder.resolve("whole.img");
        Command made = Command.run("create", format, image.toString(), "-s", "64K", site + "/");
        assertThat(made.code()).as(made.err()).isZero();
        return Files.readAllBytes(image);
    }

    private static byte[] damaged(byte[] image, Random random) {
        int[] used = IntStream.range(0, image.length)
                .filter(at -> image[at] != 0 && image[at] != -1)
                .toArray();
        byte[] damaged = image.clone();
        int from = used[random.nextInt(used.length)];
        int to = Math.min(image.length, from + 1 + random.nextInt(DAMAGE_MAX));
        for (int at = from; at < to; at++) {
            damaged[at] ^= (byte) (1 + random.nextInt(255));
        }
        return damaged;
    }

    private static boolean findsErrors(String address) {
        Command check = Command.run("check", "--deep", address);
        assertThat(check.code()).as(check.err()).isIn(0, ExitCode.FINDINGS.number());
        return check.out().lines().anyMatch(line -> line.startsWith("error "));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void tellsWhatIsBeyondIt(String format) throws IOException {
        byte[] whole = image(format);
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            Path file = folder.resolve("damaged.img");
            byte[] damaged = damaged(whole, random);
            Files.write(file, damaged);
            String address = format + "+file:" + file;
            boolean errors = findsErrors(address);
            Command plan = Command.run("repair", "--dry-run", address);
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            Command repair = Command.run("repair", address);
            if (repair.code() == ExitCode.DAMAGED.number()) {
                // no repair can begin: the error says why
                assertThat(errors).as(repair.err()).isTrue();
                assertThat(repair.err()).contains("offset 0x");
                assertThat(plan.code()).isEqualTo(repair.code());
                continue;
            }
            assertThat(repair.code()).as(repair.err()).isIn(0, ExitCode.FINDINGS.number());
            boolean remain = findsErrors(address);
            assertThat(repair.code() == ExitCode.FINDINGS.number())
                    .as(repair.out())
                    .isEqualTo(remain);
            assertThat(repair.out().contains("beyond repair")).isEqualTo(remain);
            // pw_kvs finds out by trying
            assertThat(plan.out().contains("beyond repair") == remain || format.equals("pw_kvs"))
                    .as(plan.out())
                    .isTrue();
            if (errors) {
                assertThat(repair.out() + plan.out()).doesNotContain("nothing to repair");
                assertThat(plan.code()).isEqualTo(ExitCode.FINDINGS.number());
            }
        }
    }
}
