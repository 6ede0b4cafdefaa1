package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table names the live peers as they are pinned, and no other; each of them has an alternation here. */
class SupportTableTest {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));
    private static final Path TESTS = REACTOR.resolve("interop-tests/src/test/java/dev/morgana/interop/peer");

    private static String read(String file) throws IOException {
        return Files.readString(REACTOR.resolve("interop-tests/peers").resolve(file));
    }

    private static String pinned(String crate) throws IOException {
        Matcher version = Pattern.compile("(?m)^" + crate + " = \"=([0-9.]+)\"").matcher(read(crate + "/Cargo.toml"));
        assertThat(version.find()).as(crate).isTrue();
        return crate + " " + version.group(1);
    }

    @Test
    void peersAreNamedAsTheyArePinned() throws IOException {
        String python = read("littlefs-python/requirements.txt").strip().replace("==", " ");
        assertThat(read("littlefs-over-fusepy/requirements.txt")).contains(python.replace(" ", "=="));
        String older = read("littlefs-python-0.4/requirements.txt").strip().replace("==", " ");
        assertThat(SupportTable.livePeers())
                .containsExactlyInAnyOrder(python, older, pinned("ekv"), pinned("ekv-fs"), pinned("embedkv"));
    }

    @Test
    void everyPeerThatIsNamedHasAnAlternation() throws IOException {
        assertThat(SupportTable.livePeers()).hasSize(5).allSatisfy(peer -> {
            String format = peer.split("-python| ")[0].replace("-", "");
            String test = Character.toUpperCase(format.charAt(0)) + format.substring(1) + "AlternationTest.java";
            assertThat(TESTS.resolve(test)).exists();
        });
    }

    /** An alternation goes both ways: a format with a live peer is read and written. */
    @Test
    void whatHasALivePeerIsReadAndWritten() throws IOException {
        assertThat(SupportTable.entries())
                .hasSizeGreaterThan(4)
                .filteredOn(entry -> !entry.peer().isEmpty())
                .allMatch(SupportTable.Entry::reads)
                .allMatch(SupportTable.Entry::writes);
    }

    @Test
    void everyFormatIsClaimed() throws IOException {
        List<SupportTable.Entry> entries = SupportTable.entries();
        assertThat(Morgana.load().formats())
                .filteredOn(format -> !format.getClass().getPackageName().startsWith("dev.morgana.tck"))
                .hasSizeGreaterThan(4)
                .allSatisfy(format -> assertThat(entries)
                        .filteredOn(entry -> entry.format().split("[ ,]")[0].equals(format.format()))
                        .isNotEmpty()
                        .first()
                        .satisfies(entry -> {
                            assertThat(entry.reads()).isTrue();
                            assertThat(entry.writes()).isTrue();
                        }));
    }
}
