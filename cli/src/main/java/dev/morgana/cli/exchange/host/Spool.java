package dev.morgana.cli.exchange.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can be read only once, kept in a file so that it can be read again. */
public final class Spool implements Closeable {
    private final InputStream in;
    private final String name;
    private @Nullable PartFolder parts;

    /**
     * A spool.
     *
     * @param in read to its end when the first reader comes; not closed
     * @param name its name, for messages
     */
    public Spool(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** All of it, from its beginning. */
    public InputStream open() throws IOException {
        if (parts == null) {
            parts = PartFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
            Path file = parts.file(name);
            try (OutputStream out = new NamedOutput(Files.newOutputStream(file), file.toString())) {
                new NamedInput(in, name).transferTo(out);
            }
        }
        return Files.newInputStream(parts.file(name));
    }

    @Override
    public void close() {
        if (parts != null) {
            parts.close();
        }
    }
}
