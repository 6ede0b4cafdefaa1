package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Decoded;
import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.ValueChunk;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the value of a known record, and verifies each block that it reads, since the medium may have changed. It remembers
 * where it is, so that reading on is cheap.
 */
final class RecordReader {
    private static final String DESCRIPTOR = "record descriptor";
    private static final String CHUNK = "value chunk";
    /** The JDK's own bound on the length of arrays. */
    private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

    private final Blocks blocks;
    private final StoredRecord stored;
    private final byte[] block;

    /** The place in the record of the block that was read last, where its part begins in the value, and the part. */
    private int index = -1;

    private long start;
    private ByteBuffer part = ByteBuffer.allocate(0);

    RecordReader(Blocks blocks, StoredRecord stored) {
        this.blocks = blocks;
        this.stored = stored;
        this.block = new byte[blocks.size()];
    }

    /** The whole value; every block of the record is verified, also those that add nothing to it. */
    byte[] readAll() throws StoreException {
        if (stored.size() > ARRAY_MAX) {
            throw new LimitExceededException("bytes of an array", ARRAY_MAX, stored.size(), Key.escape(stored.key()));
        }
        byte[] value = new byte[(int) stored.size()];
        ByteBuffer target = ByteBuffer.wrap(value);
        load(0, 0);
        while (true) {
            if (part.remaining() > target.remaining()) {
                throw shorter();
            }
            target.put(part.duplicate());
            if (index + 1 == stored.blocks().length) {
                break;
            }
            loadNext();
        }
        if (target.hasRemaining()) {
            throw shorter();
        }
        return value;
    }

    /** Fills a buffer from an offset of the value, up to its end; returns how many bytes that are. */
    int read(long offset, ByteBuffer target) throws StoreException {
        if (offset >= stored.size()) {
            return 0;
        }
        int wanted = (int) Math.min(target.remaining(), stored.size() - offset);
        int done = 0;
        while (done < wanted) {
            seek(offset + done);
            int skipped = (int) (offset + done - start);
            int length = Math.min(part.remaining() - skipped, wanted - done);
            target.put(part.slice(part.position() + skipped, length));
            done += length;
        }
        return done;
    }

    /** Reads the block that holds the byte at an offset. */
    private void seek(long offset) throws StoreException {
        if (stored.packed()) {
            seekPacked(offset);
        } else if (index < 0 || offset < start) {
            load(0, 0);
        }
        while (offset >= start + part.remaining()) {
            if (index + 1 == stored.blocks().length) {
                throw shorter();
            }
            loadNext();
        }
    }

    private void seekPacked(long offset) throws StoreException {
        BlockSize size = new BlockSize(blocks.size());
        long first = size.firstCapacity(stored.key().length);
        long wanted = offset < first ? 0 : 1 + (offset - first) / size.chunkCapacity();
        if (wanted >= stored.blocks().length) {
            throw shorter();
        }
        if (wanted != index) {
            load((int) wanted, wanted == 0 ? 0 : first + (wanted - 1) * size.chunkCapacity());
        }
    }

    private void loadNext() throws StoreException {
        load(index + 1, start + part.remaining());
    }

    private void load(int wanted, long at) throws StoreException {
        index = -1; // a failure leaves nothing to go on from
        part = wanted == 0 ? first() : chunk(wanted);
        start = at;
        index = wanted;
    }

    private ByteBuffer first() throws StoreException {
        int number = stored.descriptor();
        blocks.read(number, block);
        Decoded<RecordDescriptor> decoded = RecordDescriptor.decode(block);
        if (decoded instanceof Decoded.Wrong<RecordDescriptor> wrong) {
            throw corrupt(number, DESCRIPTOR, wrong.defect());
        }
        RecordDescriptor found = decoded.asOptional().orElseThrow();
        boolean same = found.generation() == stored.generation()
                && found.totalSize() == stored.size()
                && Arrays.equals(found.key(), stored.key());
        if (!same) {
            throw corrupt(number, DESCRIPTOR, other("the record that was here"));
        }
        expectNext(number, DESCRIPTOR, found.next(), 0);
        return ByteBuffer.wrap(block, found.partOffset(), found.firstPart());
    }

    private ByteBuffer chunk(int place) throws StoreException {
        int number = stored.blocks()[place];
        blocks.read(number, block);
        Decoded<ValueChunk> decoded = ValueChunk.decode(block);
        if (decoded instanceof Decoded.Wrong<ValueChunk> wrong) {
            throw corrupt(number, CHUNK, wrong.defect());
        }
        ValueChunk found = decoded.asOptional().orElseThrow();
        Defect defect = found.strangerTo(stored.descriptor(), place);
        if (defect != null) {
            throw corrupt(number, CHUNK, defect);
        }
        expectNext(number, CHUNK, found.next(), place);
        return ByteBuffer.wrap(block, ValueChunk.PART_OFFSET, found.part());
    }

    private void expectNext(int number, String structure, long found, int place) throws CorruptStoreException {
        boolean last = place + 1 == stored.blocks().length;
        long expected = last ? ValueChunk.NONE : stored.blocks()[place + 1];
        if (found != expected) {
            throw corrupt(number, structure, other("next block " + expected));
        }
    }

    private static Defect other(String expected) {
        return new Defect(0, expected, "another one", Defect.Kind.FIELD);
    }

    private CorruptStoreException shorter() {
        return corrupt(stored.descriptor(), DESCRIPTOR, other("value of " + stored.size() + " bytes"));
    }

    private CorruptStoreException corrupt(int number, String structure, Defect defect) {
        return PeerError.CORRUPT_RECORD.on(blocks.corrupt(number, structure, defect));
    }
}
