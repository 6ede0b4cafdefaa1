package dev.morgana.block.drivers.unix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A loop device of the test's own over a file. It is taken away on close. */
record LoopDevice(String path) {
    /**
     * Makes one.
     *
     * @param required whether a machine that has no loop devices fails the test instead of skipping it
     */
    static LoopDevice over(Path file, long size, boolean required) throws IOException, InterruptedException {
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(size);
        }
        Result result;
        try {
            result = run("losetup", "--find", "--show", file.toString());
        } catch (IOException e) {
            result = new Result(-1, e.getMessage());
        }
        if (result.code != 0 && !required) {
            assumeTrue(false, "this machine gives no loop device: " + result.output);
        }
        if (result.code != 0) {
            throw new AssertionError("a loop device is required here: " + result.output);
        }
        return new LoopDevice(result.output.strip());
    }

    private record Result(int code, String output) {}

    static int command(String... words) throws IOException, InterruptedException {
        return run(words).code;
    }

    private static Result run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(Arrays.toString(words) + " does not end");
        }
        return new Result(process.exitValue(), output);
    }

    void detach() throws IOException, InterruptedException {
        Result result = run("losetup", "--detach", path);
        if (result.code != 0) {
            throw new IOException(result.output);
        }
    }
}
