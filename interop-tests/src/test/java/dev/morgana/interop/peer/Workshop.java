package dev.morgana.interop.peer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where peer programs are built: copies of their sources under {@code target}, so that nothing is left in the sources. */
final class Workshop {
    private static final Path SOURCES =
            Path.of(System.getProperty("morgana.reactor", "..")).resolve("interop-tests/peers");
    private static final Path FOLDER =
            Path.of(System.getProperty("morgana.reactor", "..")).resolve("interop-tests/target/peers");

    private Workshop() {}

    /** A program of the local toolchain, if it is there. */
    static Optional<String> tool(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString);
    }

    /** The folder of copied sources; those in it that are of the same time stay, so that builds are incremental. */
    static Path sources() {
        Path copy = FOLDER.resolve("src");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(SOURCES.relativize(file));
                if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    /** A folder for what is built. */
    static Path folder(String name) {
        return FOLDER.resolve(name).toAbsolutePath().normalize();
    }

    /** Runs a build step to its end. Its output is shown if it fails: then something is wrong, not missing. */
    static void run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output;
        try (var reader = process.inputReader()) {
            output = reader.lines().collect(Collectors.joining("\n"));
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " fails:\n" + output);
        }
    }
}
