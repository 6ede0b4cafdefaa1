package dev.morgana.interop.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reactor in a JVM of its own, on the module path and on the class path, with a stranger's module beside it whose sources
 * are test sources alone. Ours and the stranger's are found both ways, with no change of ours.
 */
class LoadingTest {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));

    @TempDir
    private static Path work;

    private static Path stranger;

    @BeforeAll
    static void compileTheStranger() throws Exception {
        stranger = work.resolve("stranger");
        Path toys = REACTOR.resolve("spi/src/test/java/stranger");
        Path module = REACTOR.resolve("interop-tests/src/test/stranger");
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-p", path(modules()), "-d", stranger.toString()));
        for (Path folder : List.of(toys, module)) {
            try (Stream<Path> sources = Files.list(folder)) {
                sources.map(Path::toString).forEach(arguments::add);
            }
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        Path services = Files.createDirectories(stranger.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.morgana.spi.provider.StoreProvider"), "stranger.ToyFormat\n");
        Files.writeString(services.resolve("dev.morgana.spi.provider.BlockDeviceProvider"), "stranger.ToyDriver\n");
    }

    /** Where the classes of the reactor and of what they need are: folders in a test run, jars after packaging. */
    private static List<Path> modules() throws ClassNotFoundException, URISyntaxException {
        List<Path> locations = new ArrayList<>();
        for (String type : List.of(
                "dev.morgana.spi.Morgana",
                "dev.morgana.block.drivers.mem.MemDriver",
                "dev.morgana.littlefs.LittleFsProvider",
                "dev.morgana.embedkv.EmbedKvProvider",
                "dev.morgana.lsm.EkvProvider",
                "dev.morgana.pwkvs.PwKvsProvider",
                "dev.morgana.crypt.CryptProvider",
                "org.bouncycastle.crypto.generators.Argon2BytesGenerator",
                "dev.morgana.cli.Main",
                "picocli.CommandLine",
                "com.fasterxml.jackson.core.JsonFactory",
                "org.apache.commons.compress.archivers.tar.TarArchiveEntry",
                "org.apache.commons.csv.CSVFormat",
                "org.apache.commons.io.IOUtils",
                "org.apache.commons.codec.Charsets",
                "org.apache.commons.lang3.ArrayUtils",
                "me.tongfei.progressbar.ProgressBar",
                "org.jline.terminal.Terminal",
                "org.jline.nativ.JLineLibrary",
                "org.jspecify.annotations.NullMarked",
                "jnr.ffi.LibraryLoader",
                "com.kenai.jffi.Library",
                "jnr.a64asm.Assembler_A64",
                "jnr.x86asm.Assembler",
                "org.objectweb.asm.ClassWriter",
                "org.objectweb.asm.commons.Method",
                "org.objectweb.asm.util.Printer",
                "org.objectweb.asm.tree.ClassNode",
                "org.objectweb.asm.tree.analysis.Analyzer",
                "org.slf4j.Logger",
                "org.slf4j.nop.NOPServiceProvider")) {
            Class<?> found = Class.forName(type, false, LoadingTest.class.getClassLoader());
            locations.add(Path.of(
                    found.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return locations;
    }

    private static String path(List<Path> parts) {
        return parts.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> modulesAndStranger() throws Exception {
        List<Path> all = new ArrayList<>(modules());
        all.add(stranger);
        return all;
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile(work, "run", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the child ends").isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static void assertFindsAll(String output) {
        assertThat(output.lines())
                .contains(
                        "format ekv",
                        "format ekv-fs",
                        "format embedkv",
                        "format littlefs",
                        "format toy",
                        "driver file",
                        "driver mem",
                        "driver toydev",
                        "layer nor")
                .contains("toy says 42")
                .noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void theModulePathWorks() throws Exception {
        String output = run(
                "-p",
                path(modulesAndStranger()),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "stranger/stranger.Application",
                "toy+toydev:a",
                "toy+mem:?size=4KiB");
        assertThat(output.lines()).contains("module true");
        assertFindsAll(output);
    }

    @Test
    void theClassPathWorks() throws Exception {
        String output =
                run("-cp", path(modulesAndStranger()), "stranger.Application", "toy+toydev:a", "toy+mem:?size=4KiB");
        assertThat(output.lines()).contains("module false");
        assertFindsAll(output);
    }

    @Test
    void memAndFileWorkWithoutJnr() throws Exception {
        List<Path> without = modulesAndStranger().stream()
                .filter(part -> !part.toString().matches(".*/(jnr-|jffi-|asm-).*"))
                .toList();
        assertThat(without).hasSizeLessThan(modulesAndStranger().size());
        String main = "stranger.Application";
        String onModules = run(
                "-p",
                path(without),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "stranger/" + main,
                "toy+mem:?size=4KiB");
        String onClasses = run("-cp", path(without), main, "toy+mem:?size=4KiB");
        assertThat(List.of(onModules, onClasses))
                .allSatisfy(output -> assertThat(output.lines())
                        .contains("driver file", "toy says 42")
                        .noneMatch(line -> line.startsWith("problem")));
    }

    @Test
    void theCommandShowsTheStranger() throws Exception {
        String output = run(
                "-p",
                path(modulesAndStranger()),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "dev.morgana.cli/dev.morgana.cli.Main",
                "formats");
        assertThat(output).contains("toy  lines of text").contains("littlefs").contains("crypt  layer:");
    }
}
