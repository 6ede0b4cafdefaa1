package dev.morgana.cli.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a tar archive. Attributes are kept in PAX headers of our own, which other programs pass over. What has no time
 * gets the epoch, so that equal trees make equal archives.
 */
public final class TarSink implements TreeSink, Closeable {
    private final TarArchiveOutputStream tar;

    /** A sink into a stream, which closing ends and closes. */
    public TarSink(OutputStream out) {
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    @Override
    public void dictionary(byte[] path, Details details) throws IOException {
        tar.putArchiveEntry(entry(text(path) + "/", 0, details));
        tar.closeArchiveEntry();
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        tar.putArchiveEntry(entry(text(path), size, details));
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String name, long size, Details details) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setLastModifiedTime(FileTime.from(details.modified().orElse(Instant.EPOCH)));
        details.attributes()
                .forEach((type, value) -> entry.addPaxHeader(
                        TarSource.ATTRIBUTE + type, HexFormat.of().formatHex(value)));
        return entry;
    }

    private static String text(byte[] path) throws UnfitException {
        byte[] key = Paths.key(path).toBytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnfitException(
                    dev.morgana.spi.key.Key.escape(path) + ": the name is no UTF-8, as archives want it");
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
