package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table names the live peers as they are pinned, and no other; each of them has an alternation here. */
class SupportTableTest {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));
    private static final Path TESTS = REACTOR.resolve("interop-tests/src/test/java/dev/morgana/interop/peer");
    private static final Pattern ROW = Pattern.compile("\\|[^|]+\\|[^|]+\\|[^|]+\\|[^|]*\\| ([^| ]+ [0-9.]+) \\|");

    private static String read(String file) throws IOException {
        return Files.readString(REACTOR.resolve("interop-tests/peers").resolve(file));
    }

    private static String pinned(String crate) throws IOException {
        Matcher version = Pattern.compile("(?m)^" + crate + " = \"=([0-9.]+)\"").matcher(read(crate + "/Cargo.toml"));
        assertThat(version.find()).as(crate).isTrue();
        return crate + " " + version.group(1);
    }

    private static List<String> named() throws IOException {
        List<String> peers = new ArrayList<>();
        for (String line : Files.readAllLines(REACTOR.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                peers.add(row.group(1));
            }
        }
        return peers;
    }

    @Test
    void peersAreNamedAsTheyArePinned() throws IOException {
        String python = read("littlefs-python/requirements.txt").strip().replace("==", " ");
        assertThat(read("littlefs-over-fusepy/requirements.txt")).contains(python.replace(" ", "=="));
        assertThat(named()).containsExactlyInAnyOrder(python, pinned("ekv"), pinned("ekv-fs"), pinned("embedkv"));
    }

    @Test
    void everyPeerThatIsNamedHasAnAlternation() throws IOException {
        for (String peer : named()) {
            String format = peer.split("-python| ")[0].replace("-", "");
            String test = Character.toUpperCase(format.charAt(0)) + format.substring(1) + "AlternationTest.java";
            assertThat(TESTS.resolve(test)).exists();
        }
    }
}
