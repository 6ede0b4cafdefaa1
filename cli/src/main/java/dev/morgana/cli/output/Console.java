package dev.morgana.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the command knows of the world around it.
 *
 * @param in what is typed or piped in
 * @param out results, in UTF-8
 * @param err errors and progress, in UTF-8
 * @param terminal whether people look on: results may be coloured, progress is shown
 * @param clock the time, for progress
 * @param epoch the time of everything that is made, so that equal input makes equal bytes: {@code SOURCE_DATE_EPOCH}
 */
public record Console(
        InputStream in, PrintStream out, PrintStream err, boolean terminal, InstantSource clock, InstantSource epoch) {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    /** The process's own streams; the results are buffered, so that they must be flushed at the end. */
    public static Console ofProcess(boolean terminal, StandardOutput out) {
        return new Console(
                System.in,
                new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminal,
                InstantSource.system(),
                sourceDateEpoch());
    }

    /** Tells of an error in one line. */
    public void complain(String message) {
        err.println("morgana: " + message);
    }

    /** Tells of an error in one line, and how the command ends with it. */
    public ExitCode complain(Exception error, boolean stackTrace) {
        if (stackTrace) {
            error.printStackTrace(err);
        }
        ErrorMessage message = ErrorMessage.of(error);
        complain(message.message());
        return message.code();
    }

    private static InstantSource sourceDateEpoch() {
        String seconds = System.getenv().getOrDefault(EPOCH, "");
        boolean number = seconds.matches("[0-9]{1,12}");
        return InstantSource.fixed(number ? Instant.ofEpochSecond(Long.parseLong(seconds)) : Instant.EPOCH);
    }
}
