package dev.morgana.lsm.file;

import dev.morgana.lsm.layout.FileMetadata;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.key.Key;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that a transaction sees. Safe for use by as many threads as the transaction. */
public final class FileReading {
    private final ReadTransaction transaction;
    private final FileSettings settings;

    /** The files that a transaction sees, which is not closed. */
    public FileReading(ReadTransaction transaction, FileSettings settings) {
        this.transaction = transaction;
        this.settings = settings;
    }

    /** Whether there is a file, readable or not. */
    public boolean exists(FilePath path) throws StoreException {
        return transaction.get(path.metadataKey()).isPresent();
    }

    /**
     * What the metadata says.
     *
     * @throws CorruptStoreException if it says nothing, or what cannot be (native code {@code Serialize})
     */
    public Optional<FileMetadata> find(FilePath path) throws StoreException {
        Optional<byte[]> value = transaction.get(path.metadataKey());
        return value.isEmpty() ? Optional.empty() : Optional.of(metadata(path, value.get()));
    }

    private FileMetadata metadata(FilePath path, byte[] value) throws CorruptStoreException {
        FileMetadata metadata = FileMetadata.decode(value)
                .orElseThrow(() -> FileError.SERIALIZE.on(damage(
                        "metadata of " + path,
                        "two numbers in at most " + FileMetadata.MOST_BYTES + " bytes",
                        value.length + " bytes that are none")));
        if (Long.compareUnsigned(metadata.size(), settings.capacity()) > 0) {
            throw FileError.SERIALIZE.on(damage(
                    "metadata of " + path,
                    "a size of at most " + settings.capacity() + ", which the device has",
                    Long.toUnsignedString(metadata.size())));
        }
        return metadata;
    }

    /** What the metadata says, of a file that must be there ({@code NotFound}). */
    public FileMetadata stat(FilePath path) throws StoreException {
        return find(path).orElseThrow(() -> FileError.NOT_FOUND.on(new NoSuchKeyException(Key.ofBytes(path.bytes()))));
    }

    /** The content of a file, or empty if there is none. */
    public Optional<FileContent> content(FilePath path) throws StoreException {
        return find(path).map(metadata -> new FileContent(this, path, metadata));
    }

    /** The content of a file that must be there ({@code NotFound}). */
    public FileContent open(FilePath path) throws StoreException {
        return new FileContent(this, path, stat(path));
    }

    /** A chunk, or null if it is not there. */
    byte @Nullable [] chunk(FilePath path, long number) throws StoreException {
        return transaction.get(path.chunkKey(number)).orElse(null);
    }

    /** The keys of a range, with their values. */
    public Cursor scan(KeyRange range) throws StoreException {
        return transaction.scan(range, Direction.FORWARD);
    }

    /** Damage of something that a file consists of; where on the flash it lies is the database's own business. */
    public CorruptStoreException damage(String structure, String expected, String found) {
        return new CorruptStoreException(
                new Position(settings.device(), Position.NO_BLOCK, 0, structure), expected, found);
    }
}
