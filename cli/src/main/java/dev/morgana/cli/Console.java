package dev.morgana.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the command writes.
 *
 * @param out results, in UTF-8
 * @param err errors and progress, in UTF-8
 * @param colour whether results may be coloured
 */
record Console(PrintStream out, PrintStream err, boolean colour) {
    /** The process's own streams; the results are buffered, so that they must be flushed at the end. */
    static Console ofProcess(boolean colour) {
        return new Console(
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                colour);
    }
}
