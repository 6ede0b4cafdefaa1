package dev.morgana.block.drivers;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Another JVM with the same class path, for what one JVM cannot show: a small heap, other processes, limits of the system. */
public final class ChildJvm implements AutoCloseable {
    /** From here on a JVM says on standard error that native code is loaded, unless it is told that it may be. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(command(main, arguments));
    }

    /** Started by a shell that limits the size of the files it may write. */
    public static ChildJvm startWithFileLimit(int limit, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + limit + " && exec \"$@\"", "sh"));
        command.addAll(command(main, arguments));
        return new ChildJvm(command);
    }

    private static List<String> command(Class<?> main, String... arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-ea"));
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** In the child: one line to the parent. */
    public static void say(String line) throws IOException {
        new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** In the child: waits until the parent is done with it. */
    public static void awaitParent() throws IOException {
        if (System.in.read() >= 0) {
            throw new IOException("the parent never writes");
        }
    }

    /** In the parent: the next line that the child says; null if it has ended. */
    public String line() throws IOException {
        return output.readLine();
    }

    public long pid() {
        return process.pid();
    }

    /** In the parent: lets the child go on and waits for its end; its exit value and everything it still said. */
    public String end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String said = output.lines().collect(Collectors.joining("\n"));
        return process.waitFor() + "\n" + said;
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
