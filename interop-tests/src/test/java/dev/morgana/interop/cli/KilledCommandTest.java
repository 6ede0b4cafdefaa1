package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command is killed at random moments of every verb that changes an image: each entry is old or new afterwards. */
@Campaign
@Execution(ExecutionMode.CONCURRENT)
class KilledCommandTest {
    private static final int KILLS = TestSize.isNightly() ? 20 : 3;
    private static final int FILES = 30;
    private static final String SIZE = "512K";
    private static final int MEANS_NOTHING_HERE = 2;

    @TempDir
    private Path folder;

    static Stream<String> formats() {
        return Morgana.load().formats().stream()
                .map(StoreProvider::format)
                .filter(format -> !format.startsWith("reference"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void eachEntryIsOldOrNew(String format) throws Exception {
        Random random = new Random(format.hashCode());
        makeTree("old", random);
        makeTree("new", random);
        run("create", format, "base.img", "-s", SIZE, "old/");
        for (List<String> words : List.of(
                List.of("put", "new/n0", "work.img:/n0"),
                List.of("import", "work.img", "new/"),
                List.of("cp", "work.img:/n1", "/copy"),
                List.of("mv", "work.img:/n2", "/moved"),
                List.of("rm", "work.img:/n3"),
                List.of("mkdir", "work.img:/folder"),
                List.of("attr", "work.img:/n4", "--set", "0x74=hex:01020304"),
                List.of("repair", "work.img"),
                List.of("compact", "work.img"),
                List.of("gc", "work.img"),
                List.of("grow", "work.img", "640K"),
                List.of("reconfigure", "work.img", "--set", "redundancy=2"),
                List.of("create", format, "work.img", "--force", "-s", SIZE, "new/"),
                List.of("convert", "base.img", "work.img", "--force", "-s", SIZE))) {
            kill(words, random);
        }
    }

    private void makeTree(String name, Random random) throws Exception {
        Path tree = Files.createDirectories(folder.resolve(name));
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(1_000)]; // ekv takes 1024 bytes by default
            random.nextBytes(content);
            Files.write(tree.resolve("n" + i), content);
        }
    }

    private void run(String... words) throws Exception {
        CommandProcess command = CommandProcess.run(List.of(), folder, words);
        assertThat(command.code()).as("%s: %s", List.of(words), command.err()).isZero();
    }

    private void kill(List<String> words, Random random) throws Exception {
        Path work = folder.resolve("work.img");
        Files.copy(folder.resolve("base.img"), work, StandardCopyOption.REPLACE_EXISTING);
        long start = System.nanoTime();
        int code = CommandProcess.start(folder, words.toArray(String[]::new)).waitFor();
        if (code == MEANS_NOTHING_HERE) {
            assertThat(work).hasSameBinaryContentAs(folder.resolve("base.img"));
            return;
        }
        assertThat(code).as("%s", words).isZero();
        long whole = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        Map<String, byte[]> after = content(work);
        Map<String, byte[]> before = content(folder.resolve("base.img"));
        for (int i = 0; i < KILLS; i++) {
            Files.copy(folder.resolve("base.img"), work, StandardCopyOption.REPLACE_EXISTING);
            Process process = CommandProcess.start(folder, words.toArray(String[]::new));
            // the first half of a run is the start of the JVM, in which nothing can happen to an image
            process.waitFor(whole / 2 + random.nextInt((int) (whole / 2)), TimeUnit.MICROSECONDS);
            process.destroyForcibly().waitFor();
            compare(words, work, before, after);
        }
    }

    private void compare(List<String> words, Path image, Map<String, byte[]> before, Map<String, byte[]> after)
            throws Exception {
        assertThat(findings(image)).as("%s", words).allMatch(Finding::repairable);
        try {
            write(image);
        } catch (CorruptStoreException e) { // some formats leave it to a repair
            repair(image);
            write(image);
        }
        assertThat(findings(image)).as("%s, after a writable open", words).isEmpty();
        Map<String, byte[]> found = content(image);
        List<String> names = new ArrayList<>(before.keySet());
        names.addAll(after.keySet());
        assertThat(names).containsAll(found.keySet());
        for (String name : names) {
            byte[] value = found.get(name);
            assertThat(java.util.Arrays.equals(value, before.get(name))
                            || java.util.Arrays.equals(value, after.get(name)))
                    .as("%s: %s is old or new", words, name)
                    .isTrue();
        }
    }

    private static void write(Path image) throws StoreException {
        try (KeyValueStore store = Morgana.load().open(image.toString())) {
            store.set(Key.of("/written-afterwards"), new byte[] {1});
            store.remove(Key.of("/written-afterwards"));
        }
    }

    private static void repair(Path image) throws StoreException {
        Morgana morgana = Morgana.load();
        try (Inspection inspection = morgana.inspect(morgana.parse(image.toString()))) {
            inspection.facet(Repair.class).orElseThrow().repair(false, action -> {});
        }
    }

    private static List<Finding> findings(Path image) throws Exception {
        List<Finding> findings = new ArrayList<>();
        Morgana morgana = Morgana.load();
        try (Inspection inspection = morgana.inspect(morgana.parse(image.toString()))) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        findings.removeIf(finding -> finding.severity() == Severity.INFO);
        return findings;
    }

    private static Map<String, byte[]> content(Path image) throws Exception {
        Map<String, byte[]> content = new HashMap<>();
        try (ReadableStore store = Morgana.load().openReadOnly(image.toString());
                Stream<Entry> entries = store.list(Key.ROOT)) {
            for (Entry entry :
                    entries.filter(entry -> entry.kind() == Kind.VALUE).toList()) {
                content.put(entry.key().toString(), store.get(entry.key()));
            }
        }
        return content;
    }
}
