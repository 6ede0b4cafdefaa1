package dev.morgana.cli.output;

import dev.morgana.cli.exchange.Details;
import dev.morgana.cli.exchange.TreeSink;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Counts what passes on its way to a sink, and shows it on a terminal if it takes longer than a second. */
public final class Progress implements TreeSink, AutoCloseable {
    /** Stands for how many bytes will pass, where nobody knows. */
    public static final long UNKNOWN = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Console console;
    private final boolean shown;
    private final long expected;
    private final Instant start;
    private TreeSink sink;
    private @Nullable ProgressBar bar;
    private long values;
    private long bytes;

    /**
     * A count.
     *
     * @param expected how many bytes will pass, or {@link #UNKNOWN}
     */
    public Progress(Console console, boolean quiet, long expected, TreeSink sink) {
        this.console = console;
        this.shown = console.terminal() && !quiet;
        this.expected = expected;
        this.sink = sink;
        this.start = console.clock().instant();
    }

    /** Begins again, with another sink. */
    public Progress again(TreeSink next) {
        sink = next;
        values = 0;
        bytes = 0;
        return this;
    }

    public long values() {
        return values;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void dictionary(byte[] path, Details details) throws IOException {
        sink.dictionary(path, details);
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        sink.value(path, size, new Counted(content), details);
        values++;
    }

    private void count(long more) {
        bytes += more;
        if (bar != null) {
            bar.stepTo(bytes);
        } else if (shown && Duration.between(start, console.clock().instant()).compareTo(PATIENCE) > 0) {
            bar = new ProgressBarBuilder()
                    .setTaskName("")
                    .setInitialMax(expected)
                    .setUnit(" MiB", 1 << 20)
                    .showSpeed()
                    .clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                    .build();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** A stream whose bytes count. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                count(1);
            }
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count > 0) {
                count(count);
            }
            return count;
        }
    }
}
