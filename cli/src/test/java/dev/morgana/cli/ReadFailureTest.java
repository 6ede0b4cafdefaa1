package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Verbs that change more than values, on a device whose reads fail from the k-th on, or at the k-th alone: the verb ends with the
 * code of an I/O error or as if nothing had been wrong, and what it was not told to change is whole afterwards. Changes of values
 * are in the contract of stores.
 */
@Campaign
class ReadFailureTest {
    private static final int IO_ERROR = 6;
    private static final String SECTORS = "&sectorSize=4096";

    /** So many first reads are tried one by one, and later ones with wider and wider steps, but for the night. */
    private static final int EACH = TestSize.of(20, 40, 100_000);

    private static final int MOST_READS = 100_000;

    /** What ends with an error before anything of it is written leaves every byte as it was. */
    private static final List<String> NEVER_WRITE_FIRST = List.of("repair");

    @TempDir
    private Path folder;

    private Path source;
    private Path original;
    private Path image;
    private byte[] noise;

    /**
     * A verb over a format.
     *
     * @param format the format's id
     * @param options options of the image, as in an address
     * @param verb the verb
     * @param entry the entry that the verb takes, or empty
     * @param words what comes behind the image
     */
    private record Case(String format, String options, String verb, String entry, List<String> words) {
        @Override
        public String toString() {
            return verb + " on " + format;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String format : List.of("littlefs", "ekv", "ekv-fs", "embedkv")) {
            cases.add(new Case(format, "", "repair", "", List.of()));
        }
        cases.add(new Case("pw_kvs", SECTORS, "repair", "", List.of()));
        cases.add(new Case("pw_kvs", SECTORS, "gc", "", List.of()));
        cases.add(new Case("pw_kvs", SECTORS, "reconfigure", "", List.of("--set", "redundancy=2")));
        cases.add(new Case("littlefs", "", "gc", "", List.of()));
        cases.add(new Case("littlefs", "", "attr", "/index.html", List.of("--set", "0x41=hex:0102")));
        return cases.stream();
    }

    @BeforeEach
    void makeFiles() throws IOException {
        source = Files.createDirectories(folder.resolve("site/css")).getParent();
        Files.writeString(source.resolve("index.html"), "<p>hello</p>\n");
        Files.write(source.resolve("empty"), new byte[0]);
        noise = new byte[700];
        new Random(1).nextBytes(noise);
        Files.write(source.resolve("css/noise.bin"), noise);
        original = folder.resolve("original.img");
        image = folder.resolve("work.img");
    }

    private void create(Case verb) {
        List<String> words = new ArrayList<>(List.of("create", verb.format, original.toString(), "-s", "64K"));
        if (!verb.options.isEmpty()) {
            words.addAll(List.of("-O", verb.options.substring(1)));
        }
        words.add(source + "/");
        assertThat(Command.run(words.toArray(String[]::new)).code()).isZero();
    }

    private Command run(Case verb, String fault) throws IOException {
        Files.copy(original, image, StandardCopyOption.REPLACE_EXISTING);
        String address = verb.format + "+readfail+file:" + image + "?" + fault + verb.options
                + (verb.entry.isEmpty() ? "" : "#" + verb.entry);
        List<String> words = new ArrayList<>(List.of(verb.verb));
        words.add(address);
        for (String word : verb.words) {
            words.add(word);
        }
        return Command.run(words.toArray(String[]::new));
    }

    private void assertWhole(Case verb, String what) {
        String plain = verb.format + "+file:" + image + (verb.options.isEmpty() ? "" : "?" + verb.options.substring(1));
        Command check = Command.run("check", "--deep", plain);
        assertThat(check.code()).as("%s: %s", what, check).isZero();
        Path out = folder.resolve("out");
        Command get = Command.run("get", "--force", plain + "#/css/noise.bin", out.toString());
        assertThat(get.code()).as("%s: %s", what, get).isZero();
        assertThat(out).as(what).hasBinaryContent(noise);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aReadThatFailsIsAnErrorOfTheDevice(Case verb, TestReporter reporter) throws Exception {
        create(verb);
        byte[] before = Files.readAllBytes(original);
        int fired = 0;
        int untouched = 0;
        for (String times : List.of("", "&times=1")) {
            int quiet = 0; // a read that does not matter to the outcome, as the once failed ones of a probe
            for (int read = 0; quiet < 3 && read < MOST_READS; read += 1 + Math.max(0, read - EACH) / 4) {
                Command done = run(verb, "after=" + read + times);
                String what = verb + ", read " + read + times;
                assertThat(done.code()).as("%s: %s", what, done).isIn(0, IO_ERROR);
                if (done.code() == 0) {
                    quiet++;
                } else {
                    fired++;
                    assertThat(done.err()).as(what).contains("read failed");
                    boolean same = Arrays.equals(before, Files.readAllBytes(image));
                    untouched += same ? 1 : 0;
                    assertThat(same || !NEVER_WRITE_FIRST.contains(verb.verb))
                            .as(what)
                            .isTrue();
                }
                if (done.code() == IO_ERROR || !verb.verb.equals("reconfigure")) {
                    assertWhole(verb, what); // else it opens with other options
                }
            }
        }
        reporter.publishEntry("read failures, " + verb, fired + " fired, " + untouched + " left every byte");
        assertThat(fired).isPositive();
    }
}
