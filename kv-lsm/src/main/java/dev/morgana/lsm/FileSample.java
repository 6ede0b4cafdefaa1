package dev.morgana.lsm;

import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.FileDatabase;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.option.Options;
import java.util.Optional;

/**
 * What the first keys of files in an image look like.
 *
 * @param shape what the image was mounted with
 * @param isEmpty whether it has no key at all
 * @param seen how many metadata keys were looked at
 * @param files how many of them make files, as far as their first chunk tells
 */
record FileSample(Shape shape, boolean isEmpty, int seen, int files) {
    private static final int MOST = 16;

    /** Whether what there is, is files for the most part. */
    boolean hasFiles() {
        return files > seen / 2;
    }

    /** Looks into an image; empty if it is no database, or a damaged one. Nothing is written or closed. */
    static Optional<FileSample> of(BlockDevice device) throws DeviceException {
        try {
            FileDatabase image = FileOpening.open(device, Options.none(), ignored -> {});
            Shape shape = image.ekv().settings().shape();
            return Optional.of(image.reading(reading -> sample(shape, reading)));
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private static FileSample sample(Shape shape, FileReading reading) throws StoreException {
        boolean empty;
        try (Cursor cursor = reading.scan(KeyRange.all())) {
            empty = !cursor.next();
        }
        int seen = 0;
        int files = 0;
        try (Cursor cursor = reading.scan(KeyRange.prefix(FilePath.metadataPrefix()))) {
            while (seen < MOST && cursor.next()) {
                seen++;
                files += isFile(reading, FilePath.ofMetadata(cursor.key()).orElseThrow()) ? 1 : 0;
            }
        }
        return new FileSample(shape, empty, seen, files);
    }

    private static boolean isFile(FileReading reading, FilePath path) throws StoreException {
        try {
            reading.open(path).chunkLength();
            return true;
        } catch (CorruptStoreException e) {
            return false;
        }
    }
}
