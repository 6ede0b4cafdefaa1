package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.NamedInput;
import dev.morgana.cli.exchange.host.TransferException;
import dev.morgana.spi.key.Key;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** A tar archive, plain or compressed with gzip or bzip2, which its first bytes tell. Its names are bytes. */
public final class TarSource implements TreeSource {
    /** The name of a PAX header of ours that holds a user attribute in hex; its type follows. */
    public static final String ATTRIBUTE = "MORGANA.attribute.";

    /** Where the archive's bytes come from. */
    @FunctionalInterface
    public interface Opening {
        /** Opens the archive from its beginning. */
        InputStream open() throws IOException;
    }

    private final String name;
    private final Opening archive;
    private final SpecialFiles special;

    /**
     * A source.
     *
     * @param name the archive's, for messages
     */
    public TarSource(String name, Opening archive, SpecialFiles special) {
        this.name = name;
        this.archive = archive;
        this.special = special;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        try (TarHeaders headers =
                        new TarHeaders(unpacked(new BufferedInputStream(new NamedInput(archive.open(), name))));
                TarArchiveInputStream tar = new TarArchiveInputStream(headers, StandardCharsets.ISO_8859_1.name())) {
            int number = 1;
            TarArchiveEntry entry = headers.next(tar);
            while (entry != null) {
                send(entry, headers.name(entry), number, tar, sink);
                tar.transferTo(OutputStream.nullOutputStream());
                entry = headers.next(tar);
                number++;
            }
        } catch (IllegalArgumentException e) {
            throw new TransferException(name + ": the archive is damaged, or not a tar archive: " + e.getMessage());
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

    private void send(TarArchiveEntry entry, byte[] named, int number, InputStream content, TreeSink sink)
            throws IOException {
        byte[] path = EntryPaths.inside(named);
        if (entry.isDirectory()) {
            if (path.length > 0) {
                sink.dictionary(path, details(entry, number));
            }
        } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
            sink.value(path, entry.getSize(), content, details(entry, number));
        } else if (special != SpecialFiles.SKIP) {
            throw new TransferException(Key.escape(named) + ": is a link or a special file; see --special skip");
        }
    }

    private Details details(TarArchiveEntry entry, int number) throws TransferException {
        TreeMap<Integer, byte[]> attributes = new TreeMap<>();
        for (Map.Entry<String, String> header : entry.getExtraPaxHeaders().entrySet()) {
            if (header.getKey().startsWith(ATTRIBUTE)) {
                attributes.put(type(header.getKey()), HexFormat.of().parseHex(header.getValue()));
            }
        }
        return new Details(
                Optional.of(entry.getLastModifiedTime().toInstant()), attributes, name + ", entry " + number);
    }

    private static int type(String header) throws TransferException {
        try {
            return Integer.parseInt(header.substring(ATTRIBUTE.length()));
        } catch (NumberFormatException e) {
            throw new TransferException(header + ": the archive names an attribute by something other than a number");
        }
    }
}
