package dev.morgana.interop.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** An image that the command has mounted, in a process of its own. */
final class MorganaMount implements AutoCloseable {
    private static final String TOLD = " is mounted on ";
    private static final int SECONDS = 60;

    private final Process process;
    private final Path folder;

    private MorganaMount(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Ends the test where this machine cannot mount; where it must, the test fails. */
    static void require(String... programs) {
        List<String> missing = new ArrayList<>();
        if (!Files.isWritable(Path.of("/dev/fuse"))) {
            missing.add("/dev/fuse");
        }
        for (String program : programs) {
            if (Workshop.tool(program).isEmpty()) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty()) {
            new Comparison("morgana mount", "", "all").skipped("there is no " + missing);
            if (LivePeer.REQUIRED) {
                throw new AssertionError("mounts are required here, but there is no " + missing);
            }
            Assumptions.abort("cannot mount: there is no " + missing);
        }
    }

    /** A command of ours that has been started. */
    static Process command(Path folder, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.morgana.cli.Main"));
        all.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /** How a command of ours ends, and what it says. */
    static String outcome(Path folder, String... words) throws Exception {
        Process process = command(folder, words);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() + " " + said;
    }

    /** Mounts an image on a folder, which is made. */
    static MorganaMount of(String image, Path folder, String... words) throws Exception {
        Files.createDirectories(folder);
        List<String> all = new ArrayList<>(List.of("mount", image, folder.toString()));
        all.addAll(List.of(words));
        Process process = command(folder.getParent(), all.toArray(String[]::new));
        BufferedReader told = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = told.readLine(); line == null || !line.contains(TOLD); line = told.readLine()) {
            if (line == null) {
                throw new IOException(said.toString() + process.waitFor());
            }
            said.append(line).append('\n');
        }
        MorganaMount mount = new MorganaMount(process, folder);
        while (!mount.isThere()) {
            Thread.onSpinWait();
        }
        return mount;
    }

    private boolean isThere() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.anyMatch(line -> line.contains(" " + folder + " "));
        }
    }

    Path folder() {
        return folder;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, and waits for the end. */
    int end(String signal) throws Exception {
        shell(folder.getParent(), "kill -" + signal + " " + process.pid());
        return await();
    }

    /** Ends the process at once, in the middle of whatever it does. */
    void kill() throws Exception {
        process.destroyForcibly();
        await();
        shell(folder.getParent(), "umount -l " + folder);
    }

    /** Unmounts, and waits for the image to be closed. */
    int unmount() throws Exception {
        shell(folder.getParent(), "fusermount -u " + folder);
        return await();
    }

    private int await() throws Exception {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the mount does not end");
        }
        return process.exitValue();
    }

    /** Runs a shell script to its end, which must be well. */
    static String shell(Path folder, String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(script + " ends with " + process.exitValue() + ":\n" + said);
        }
        return said;
    }

    @Override
    public void close() throws Exception {
        if (process.isAlive()) {
            if (isThere()) {
                unmount();
            } else {
                end("TERM");
            }
        }
    }
}
