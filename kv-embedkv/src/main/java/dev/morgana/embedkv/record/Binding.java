package dev.morgana.embedkv.record;

import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a key is bound to: one record, with a copy of it on each replica that has one. Immutable. */
public final class Binding {
    /** One copy. */
    record Copy(Replica replica, StoredRecord stored) {}

    private final StoredRecord agreed;
    private final List<Copy> copies;

    /** Copies of one record, at least one, in the order in which they are to be read. */
    Binding(List<Copy> copies) {
        assert !copies.isEmpty();
        this.copies = List.copyOf(copies);
        this.agreed = copies.get(0).stored();
    }

    /** The key; not to be changed. */
    byte[] key() {
        return agreed.key();
    }

    /** The key, for somebody who may change it. */
    public byte[] copyOfKey() {
        return agreed.key().clone();
    }

    /** The generation, 0 to 2^32-1. */
    public long generation() {
        return agreed.generation();
    }

    /** The size of the value in bytes. */
    public long size() {
        return agreed.size();
    }

    /** The caller's 32 bits. */
    public long userFlags() {
        return agreed.userFlags();
    }

    StoredRecord agreed() {
        return agreed;
    }

    List<Copy> copies() {
        return copies;
    }

    /** The copy on a replica, if it has one. */
    Optional<StoredRecord> on(Replica replica) {
        return copies.stream()
                .filter(copy -> copy.replica() == replica)
                .map(Copy::stored)
                .findFirst();
    }

    /** This binding with a further copy behind the others. */
    Binding with(Copy copy) {
        List<Copy> more = new ArrayList<>(copies);
        more.add(copy);
        return new Binding(more);
    }

    /**
     * The whole value, from the first copy that can be read.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if every copy is damaged; the error is the first copy's
     */
    public byte[] readAll() throws StoreException {
        return reading(RecordReader::readAll, open());
    }

    /** A reader for parts of the value. */
    public Reader reader() {
        return new Reader();
    }

    private List<RecordReader> open() {
        return copies.stream()
                .map(copy -> new RecordReader(copy.replica().blocks(), copy.stored()))
                .toList();
    }

    private interface Reading<T> {
        T from(RecordReader reader) throws StoreException;
    }

    private static <T> T reading(Reading<T> reading, List<RecordReader> readers) throws StoreException {
        StoreException failure = null;
        for (RecordReader reader : readers) {
            try {
                return reading.from(reader);
            } catch (StoreException e) {
                failure = HostFailure.foremost(failure, e);
            }
        }
        throw java.util.Objects.requireNonNull(failure, "there is a copy");
    }

    /** Reads parts of a value, from the first copy that can be read. It remembers where it is. */
    public final class Reader {
        private final List<RecordReader> readers = open();

        private Reader() {}

        /** Fills a buffer from an offset of the value, up to its end; returns how many bytes that are. */
        public int read(long offset, ByteBuffer target) throws StoreException {
            int position = target.position();
            return reading(
                    reader -> {
                        target.position(position);
                        return reader.read(offset, target);
                    },
                    readers);
        }
    }
}
