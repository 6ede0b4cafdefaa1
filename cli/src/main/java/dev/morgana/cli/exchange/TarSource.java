package dev.morgana.cli.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** A tar archive, plain or compressed with gzip or bzip2, which its first bytes tell. */
public final class TarSource implements TreeSource {
    /** The name of a PAX header of ours that holds a user attribute in hex; its type follows. */
    static final String ATTRIBUTE = "MORGANA.attribute.";

    /** Where the archive's bytes come from. */
    @FunctionalInterface
    public interface Opening {
        /** Opens the archive from its beginning. */
        InputStream open() throws IOException;
    }

    private final Opening archive;
    private final SpecialFiles special;

    /** A source. */
    public TarSource(Opening archive, SpecialFiles special) {
        this.archive = archive;
        this.special = special;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                unpacked(new BufferedInputStream(archive.open())), StandardCharsets.UTF_8.name())) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                send(entry, tar, sink);
                entry = tar.getNextEntry();
            }
        } catch (IllegalArgumentException e) {
            throw new UnfitException("the archive is damaged, or no tar: " + e.getMessage());
        }
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        try {
            String compression = CompressorStreamFactory.detect(bytes);
            return new CompressorStreamFactory(true).createCompressorInputStream(compression, bytes);
        } catch (CompressorException plain) {
            return bytes;
        }
    }

    private void send(TarArchiveEntry entry, InputStream content, TreeSink sink) throws IOException {
        byte[] path = Paths.inside(entry.getName());
        if (entry.isDirectory()) {
            if (path.length > 0) {
                sink.dictionary(path, details(entry));
            }
        } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
            sink.value(path, entry.getSize(), content, details(entry));
        } else if (special != SpecialFiles.SKIP) {
            throw new UnfitException(entry.getName() + ": is a link or a special file; see --special skip");
        }
    }

    private static Details details(TarArchiveEntry entry) throws UnfitException {
        TreeMap<Integer, byte[]> attributes = new TreeMap<>();
        for (Map.Entry<String, String> header : entry.getExtraPaxHeaders().entrySet()) {
            if (header.getKey().startsWith(ATTRIBUTE)) {
                attributes.put(type(header.getKey()), HexFormat.of().parseHex(header.getValue()));
            }
        }
        return new Details(Optional.of(entry.getLastModifiedTime().toInstant()), attributes);
    }

    private static int type(String header) throws UnfitException {
        try {
            return Integer.parseInt(header.substring(ATTRIBUTE.length()));
        } catch (NumberFormatException e) {
            throw new UnfitException(header + ": the archive names an attribute by no number");
        }
    }
}
