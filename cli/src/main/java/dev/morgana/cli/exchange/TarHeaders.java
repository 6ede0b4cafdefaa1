package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.TransferException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an archive on their way to the one who reads it, of which the headers are kept: PAX records hold names that need
 * not be UTF-8, and reach the reader as text, which would lose some.
 */
final class TarHeaders extends FilterInputStream {
    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int TYPE_AT = 156;

    /** More headers before one entry than anybody needs; they are kept in memory. */
    private static final int MOST_BYTES = 16 << 20;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private boolean watching;
    private long position;
    private byte @Nullable [] globalName;

    TarHeaders(InputStream in) {
        super(in);
    }

    /** The next entry of the reader above, which has read the one before to its end. */
    @Nullable
    TarArchiveEntry next(TarArchiveInputStream reader) throws IOException {
        seen.reset();
        watching = true;
        try {
            return reader.getNextEntry();
        } finally {
            watching = false;
        }
    }

    /** The bytes of the name of the entry that came last. The reader takes those of a header for characters, one to one. */
    byte[] name(TarArchiveEntry entry) {
        byte[] headers = seen.toByteArray();
        byte[] own = null;
        int at = 0;
        while (at + BLOCK <= headers.length && isExtension(headers[at + TYPE_AT])) {
            int length = size(headers, at);
            byte[] name = PaxRecords.name(headers, at + BLOCK, Math.min(headers.length, at + BLOCK + length));
            if (name != null && headers[at + TYPE_AT] == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER) {
                globalName = name;
            } else if (name != null && isOwn(headers[at + TYPE_AT])) {
                own = name;
            }
            at += BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK;
        }
        if (own != null) {
            return own;
        }
        return globalName != null ? globalName : entry.getName().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isOwn(byte type) {
        return type == TarConstants.LF_PAX_EXTENDED_HEADER_LC || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC;
    }

    private static boolean isExtension(byte type) {
        return isOwn(type)
                || type == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
                || type == TarConstants.LF_GNUTYPE_LONGNAME
                || type == TarConstants.LF_GNUTYPE_LONGLINK;
    }

    /** The size of an extension, in octal digits; the reader has taken it, so that it is right and within what was seen. */
    private static int size(byte[] headers, int at) {
        int size = 0;
        for (int i = at + SIZE_AT; i < at + SIZE_AT + 11; i++) {
            if (headers[i] >= '0' && headers[i] <= '7') {
                size = Math.min(MOST_BYTES, size * 8 + headers[i] - '0');
            }
        }
        return size;
    }

    @Override
    public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(next[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            watch(target, offset, count);
            position += count;
        }
        return count;
    }

    /** Headers begin at whole blocks; what comes before is the rest of the entry before. */
    private void watch(byte[] bytes, int offset, int count) throws TransferException {
        int rest = seen.size() == 0 ? (int) Math.floorMod(-position, (long) BLOCK) : 0;
        if (!watching || rest >= count) {
            return;
        }
        if (seen.size() + count > MOST_BYTES) {
            throw new TransferException(
                    "the archive has more than " + (MOST_BYTES >> 20) + " MiB of headers in one place");
        }
        seen.write(bytes, offset + rest, count - rest);
    }

    /** By reading, so that nothing passes unseen. */
    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[(int) Math.max(0, Math.min(count, 1 << 13))];
        int read = read(passed, 0, passed.length);
        return Math.max(0, read);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
