package dev.morgana.lsm;

import dev.morgana.lsm.file.FileContent;
import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.file.FileSettings;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.EkvStore;
import dev.morgana.lsm.store.FileDatabase;
import dev.morgana.lsm.tree.RecordSizes;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.option.Options;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Opens a database for files: with longer keys than ekv alone has, unless options or records say otherwise. */
final class FileOpening {
    private static final long USUAL_KEY_SIZE = FileSettings.PEER_KEY;
    private static final long USUAL_CHUNK_SIZE = 1024;
    private static final int CHUNK_KEY_BYTES = 4;

    /** How many files are looked at for one of several chunks. */
    private static final int MOST_SAMPLES = 1024;

    private FileOpening() {}

    /** The options of the database, with those that suit files. */
    static Options database(Options options) throws StoreException {
        options.check(EkvFsOptions.all());
        long chunkSize = options.optional(EkvFsOptions.CHUNK_SIZE).orElse(USUAL_CHUNK_SIZE);
        return options.only(EkvOptions.all())
                .orElse(Options.none()
                        .with(EkvOptions.MAX_KEY_SIZE, USUAL_KEY_SIZE)
                        .with(EkvOptions.MAX_VALUE_SIZE, Math.max(USUAL_CHUNK_SIZE, chunkSize)));
    }

    /** Refuses options of files that the database's contradict, before anything is written. */
    static void checkChunkSize(Options options, long maxValueSize) throws StoreException {
        Optional<Long> chunkSize = options.optional(EkvFsOptions.CHUNK_SIZE);
        if (chunkSize.isPresent() && chunkSize.get() > maxValueSize) {
            throw new InvalidOptionException(
                    EkvFsOptions.CHUNK_SIZE.name(), chunkSize.get() + " exceeds maxValueSize, " + maxValueSize);
        }
    }

    /** Opens; on success the files own the device. */
    static FileDatabase open(BlockDevice device, Options options, Consumer<DeviceException> closeFailures)
            throws StoreException {
        Opening.Mounted mounted = mount(device, options);
        Shape shape = mounted.settings().shape();
        checkChunkSize(options, shape.maxValueSize());
        EkvStore ekv = new EkvStore(mounted.tree(), mounted.settings(), closeFailures);
        FileSettings settings = settings(mounted, options, Math.min(USUAL_CHUNK_SIZE, shape.maxValueSize()));
        FileDatabase usual = new FileDatabase(ekv, settings);
        if (options.has(EkvFsOptions.CHUNK_SIZE)) {
            return usual;
        }
        OptionalInt found = usual.reading(FileOpening::chunkSize);
        return found.isPresent() && found.getAsInt() <= shape.maxValueSize()
                ? new FileDatabase(ekv, settings(mounted, options, found.getAsInt()))
                : usual;
    }

    private static FileSettings settings(Opening.Mounted mounted, Options options, long chunkSize)
            throws StoreException {
        Shape shape = mounted.settings().shape();
        long keys = Math.min(FileSettings.PEER_KEY, shape.maxKeySize());
        return new FileSettings(
                mounted.tree().pages().device().name(),
                (long) mounted.tree().pages().count() * shape.pageSize(),
                options.optional(EkvFsOptions.MAX_PATH_LEN)
                        .orElse(Math.max(0, keys - CHUNK_KEY_BYTES))
                        .intValue(),
                shape.maxKeySize(),
                options.optional(EkvFsOptions.CHUNK_SIZE).orElse(chunkSize).intValue(),
                mounted.settings().transactionBytes(),
                options.get(EkvFsOptions.TEN_CHUNKS));
    }

    /** Mounts with the sizes that suit files, and with what the image says if its records contradict them. */
    private static Opening.Mounted mount(BlockDevice device, Options options) throws StoreException {
        Options database = database(options);
        Options given = options.only(EkvOptions.all());
        try {
            Opening.Mounted mounted = Opening.ofImage(device, database).mount();
            if (RecordSizes.fit(mounted.tree(), mounted.settings().shape())) {
                return mounted;
            }
        } catch (InvalidOptionException e) {
            if (given.has(EkvOptions.MAX_KEY_SIZE) && given.has(EkvOptions.MAX_VALUE_SIZE)) {
                throw e;
            }
        }
        return Opening.ofImage(device, given).mount();
    }

    /** What the first file of several chunks that is whole says. */
    static OptionalInt chunkSize(FileReading files) throws StoreException {
        try (Cursor cursor = files.scan(KeyRange.prefix(FilePath.metadataPrefix()))) {
            for (int i = 0; i < MOST_SAMPLES && cursor.next(); i++) {
                OptionalInt length =
                        chunkSize(files, FilePath.ofMetadata(cursor.key()).orElseThrow());
                if (length.isPresent()) {
                    return length;
                }
            }
        } catch (CorruptStoreException e) {
            // damage shows where it is read; opening is not the place
        }
        return OptionalInt.empty();
    }

    private static OptionalInt chunkSize(FileReading files, FilePath path) throws StoreException {
        try {
            FileContent content = files.open(path);
            return content.metadata().chunks() > 1 ? OptionalInt.of((int) content.chunkLength()) : OptionalInt.empty();
        } catch (CorruptStoreException e) {
            return OptionalInt.empty(); // another file may say it
        }
    }
}
