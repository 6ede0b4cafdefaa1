package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.CsvSink;
import dev.morgana.cli.exchange.JsonSink;
import dev.morgana.cli.exchange.TarSink;
import dev.morgana.cli.exchange.TreeSink;
import dev.morgana.cli.exchange.TreeSource;
import dev.morgana.cli.exchange.host.NamedOutput;
import dev.morgana.cli.exchange.host.PartFolder;
import dev.morgana.cli.exchange.host.ValueFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A file that export writes, by the end of its name.
 *
 * @param name the name, which begins with {@code -} for standard output
 * @param kind what it is
 */
record ExportFile(String name, Kind kind) {
    /** The kinds of files, with their names' ends. */
    enum Kind {
        TAR(".tar"),
        TAR_GZ(".tar.gz"),
        TGZ(".tgz"),
        JSON(".json"),
        CSV(".csv");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The file that a word means, or empty if it means a folder. */
    static Optional<ExportFile> of(String word) {
        for (Kind kind : Kind.values()) {
            if (word.toLowerCase(Locale.ROOT).endsWith(kind.suffix) && !Files.isDirectory(Path.of(word))) {
                return Optional.of(new ExportFile(word, kind));
            }
        }
        return Optional.empty();
    }

    boolean isStandardOutput() {
        return name.equals("-" + kind.suffix);
    }

    /** Whether it lists keys and values, so that keys may be any bytes. */
    boolean isList() {
        return kind == Kind.JSON || kind == Kind.CSV;
    }

    /** Writes it; a file appears under its name when it is whole. */
    void write(OutputStream standardOutput, boolean replace, TreeSource source) throws IOException {
        if (isStandardOutput()) {
            writeTo(new Unclosed(standardOutput), source);
            return;
        }
        Path file = Path.of(name);
        ValueFile.checkTarget(file, replace);
        try (PartFolder parts = PartFolder.beside(file)) {
            Path part = parts.file("archive");
            writeTo(new BufferedOutputStream(new NamedOutput(Files.newOutputStream(part), name), 1 << 16), source);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void writeTo(OutputStream out, TreeSource source) throws IOException {
        switch (kind) {
            case TAR -> send(source, new TarSink(out));
            case TAR_GZ, TGZ -> send(source, new TarSink(new GZIPOutputStream(out)));
            case JSON -> send(source, new JsonSink(out));
            case CSV -> send(source, new CsvSink(out));
        }
    }

    private static <S extends TreeSink & Closeable> void send(TreeSource source, S sink) throws IOException {
        try (sink) {
            source.sendTo(sink);
        }
    }

    /** A stream that outlives what is written to it. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
