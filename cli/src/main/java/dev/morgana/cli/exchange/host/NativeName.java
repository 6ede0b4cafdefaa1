package dev.morgana.cli.exchange.host;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files as the host keeps them. On Linux and macOS they are bytes, of which a text in the host's encoding may lose
 * some; a path keeps them all, and its URI shows them whatever that encoding is. On other hosts they are text.
 */
public final class NativeName {
    private static final boolean BYTES = FileSystems.getDefault().getSeparator().equals("/");
    private static final String ROOT = "file:///";

    private NativeName() {}

    /**
     * The bytes of a file's name: those of the host, or its text in UTF-8.
     *
     * @param file a path with a name
     * @throws TransferException if the name is text that no UTF-8 can express
     */
    public static byte[] of(Path file) throws TransferException {
        Path name = file.getFileName();
        if (!BYTES) {
            return utf8(name.toString());
        }
        String path = name.toUri().getRawPath();
        int end = path.endsWith("/") ? path.length() - 1 : path.length(); // there is a folder of that name here
        return PercentCode.decode(path.substring(path.lastIndexOf('/', end - 1) + 1, end));
    }

    private static byte[] utf8(String name) throws TransferException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new TransferException(name + ": the name is not valid Unicode; rename the file");
        }
    }

    /**
     * The relative path that has exactly these bytes for its name.
     *
     * @throws TransferException if this host has no such name
     */
    public static Path path(byte[] name) throws TransferException {
        try {
            Path path = BYTES
                    ? Path.of(URI.create(ROOT + PercentCode.encode(name))).getFileName()
                    : Path.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(name))
                            .toString());
            if (path != null && Arrays.equals(of(path), name)) {
                return path;
            }
        } catch (CharacterCodingException | InvalidPathException e) {
            // no such name here
        } catch (IllegalArgumentException e) {
            // a byte 0, which ends every name
        }
        throw new TransferException(
                dev.morgana.spi.key.Key.escape(name) + ": this system cannot have such a file name");
    }
}
