package dev.morgana.cli.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a tar archive. Attributes are kept in PAX headers of our own, which other programs pass over. What has no time
 * gets the epoch, so that equal trees make equal archives. Names that are UTF-8 are PAX names, where ASCII does not do; others
 * stand in the header as they are, long ones as GNU tar has them.
 */
public final class TarSink implements TreeSink, Closeable {
    private final TarArchiveOutputStream text;

    /** Writes to the same archive, which it does not end: each entry goes out as whole blocks, so that the two can take turns. */
    private final TarArchiveOutputStream bytes;

    /** A sink into a stream, which closing ends and closes. */
    public TarSink(OutputStream out) {
        text = archive(out, StandardCharsets.UTF_8);
        text.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        text.setAddPaxHeadersForNonAsciiNames(true);
        bytes = archive(out, StandardCharsets.ISO_8859_1);
        bytes.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    }

    private static TarArchiveOutputStream archive(OutputStream out, Charset names) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, names.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }

    @Override
    public void dictionary(byte[] path, Details details) throws IOException {
        byte[] name = EntryPaths.key(path).toBytes();
        byte[] folder = Arrays.copyOf(name, name.length + 1);
        folder[name.length] = '/';
        write(folder, 0, InputStream.nullInputStream(), details);
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        write(EntryPaths.key(path).toBytes(), size, content, details);
    }

    private void write(byte[] name, long size, InputStream content, Details details) throws IOException {
        TarArchiveOutputStream tar = isUtf8(name) ? text : bytes;
        Charset charset = isUtf8(name) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        tar.putArchiveEntry(entry(new String(name, charset), size, details));
        content.transferTo(tar);
        tar.closeArchiveEntry();
        tar.flush();
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

    private static boolean isUtf8(byte[] name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
