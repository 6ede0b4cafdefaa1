package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.cells.Damage;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.seal.Opener;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One sealed value, read in parts. Its size is what the inner store says until the last segment was opened, which only opens as
 * the last one; so whatever is said of the size opens it.
 */
public final class Unsealed {
    private final Cells cells;
    private final Damage damage;
    private final byte[] name;
    private final Opener opener;
    private final long size;

    Unsealed(Cells cells, Damage damage, byte[] name, Opener opener, long size) {
        this.cells = cells;
        this.damage = damage;
        this.name = name;
        this.opener = opener;
        this.size = size;
    }

    /** A whole sealed value that is in memory. */
    public static byte[] whole(Vault vault, byte[] name, Opener opener, byte[] sealed) throws StoreException {
        OptionalLong size = Segments.size(sealed.length);
        if (size.isEmpty()) {
            throw vault.damage().at(name, 0, "a size that encrypted values can have", sealed.length + " bytes");
        }
        Unsealed value = new Unsealed(vault.cells(), vault.damage(), name, opener, size.getAsLong());
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size.getAsLong()));
        for (long number = 0; number < Segments.count(size.getAsLong()); number++) {
            bytes.put(value.opened(number, sealed, Math.toIntExact(Segments.position(number))));
        }
        return bytes.array();
    }

    /** The size, of which the last segment says that it is right. */
    long size() throws StoreException {
        long last = Segments.count(size) - 1;
        segments(last, 1);
        return size;
    }

    /** Reads from an offset on, so many segments at once; returns how many bytes there were. */
    int read(long offset, ByteBuffer target, int atOnce) throws StoreException {
        if (offset >= size) {
            size();
            return 0;
        }
        int start = target.position();
        long position = offset;
        while (target.hasRemaining() && position < size) {
            long number = position / Segments.LENGTH;
            int within = (int) (position % Segments.LENGTH);
            long wanted = (within + (long) target.remaining() + Segments.LENGTH - 1) / Segments.LENGTH;
            long left = Segments.count(size) - number;
            byte[] bytes = segments(number, (int) Math.min(Math.min(wanted, left), atOnce));
            int count = Math.min(target.remaining(), bytes.length - within);
            target.put(bytes, within, count);
            position += count;
        }
        return target.position() - start;
    }

    /** The bytes of some segments. */
    private byte[] segments(long first, int count) throws StoreException {
        long begin = first * Segments.LENGTH;
        int length = (int) Math.min((long) count * Segments.LENGTH, size - begin);
        ByteBuffer sealed = ByteBuffer.allocate(length + count * Segments.TAG);
        OptionalInt read = cells.read(name, Segments.position(first), sealed);
        if (read.isEmpty() || sealed.hasRemaining()) {
            throw damage.at(name, Segments.position(first), sealed.capacity() + " bytes", read.orElse(0) + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < count; i++) {
            bytes.put(opened(first + i, sealed.array(), i * Segments.SEALED));
        }
        return bytes.array();
    }

    private byte[] opened(long number, byte[] sealed, int offset) throws CorruptStoreException {
        boolean last = number == Segments.count(size) - 1;
        int length = Segments.length(number, size) + Segments.TAG;
        return opener.open(number, last, sealed, offset, length)
                .orElseThrow(() -> damage.tag(name, Segments.position(number)));
    }
}
