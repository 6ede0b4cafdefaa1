package dev.morgana.cli.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive. */
public final class ZipSource implements TreeSource {
    private final Path archive;

    /** A source. */
    public ZipSource(Path archive) {
        this.archive = archive;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                byte[] path = Paths.inside(entry.getName());
                Details details = Details.of(entry.getLastModifiedTime().toInstant());
                if (!entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        sink.value(path, entry.getSize(), content, details);
                    }
                } else if (path.length > 0) {
                    sink.dictionary(path, details);
                }
            }
        } catch (ZipException e) {
            throw new UnfitException(archive + ": is no zip archive, or a damaged one: " + e.getMessage());
        }
    }
}
