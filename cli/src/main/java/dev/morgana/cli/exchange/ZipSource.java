package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.NamedInput;
import dev.morgana.cli.exchange.host.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive. Its names are UTF-8, by a flag or by what they are: older archives hold others in an encoding that they do
 * not tell, so that an archive with such a name is refused as a whole.
 */
public final class ZipSource implements TreeSource {
    private final Path archive;

    /** A source. */
    public ZipSource(Path archive) {
        this.archive = archive;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            int number = 0;
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                number++;
                byte[] path = EntryPaths.inside(entry.getName().getBytes(StandardCharsets.UTF_8));
                Details details = Details.of(entry.getLastModifiedTime().toInstant(), archive + ", entry " + number);
                if (!entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        sink.value(path, entry.getSize(), new NamedInput(content, archive.toString()), details);
                    }
                } else if (path.length > 0) {
                    sink.dictionary(path, details);
                }
            }
        } catch (ZipException e) {
            throw new TransferException(archive + ": is not a zip archive, or a damaged one: " + e.getMessage());
        }
    }
}
