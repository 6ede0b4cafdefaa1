package dev.morgana.cli;

import dev.morgana.cli.output.Console;
import dev.morgana.spi.Morgana;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** One run of the command in this JVM. */
public record Command(int code, String out, String err) {
    public static Command run(String... words) {
        return run(new byte[0], words);
    }

    /** One run with something on standard input. */
    public static Command run(byte[] in, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                InstantSource.fixed(Instant.EPOCH),
                InstantSource.fixed(Instant.EPOCH));
        int code = new Main(Morgana.load(), console).run(words);
        return new Command(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
