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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens a database for files. Records are read with the width of keys that the reference implementation has by default, with
 * that of its longest keys where they contradict it, and else with what they look like.
 */
final class FileOpening {
    private static final List<Long> USUAL_KEY_SIZES = List.of(64L, (long) FileSettings.PEER_KEY);
    private static final long USUAL_VALUE_SIZE = 1024;
    private static final int USUAL_CHUNK_SIZE = 512;

    /** What the reference implementation documents as the most. */
    private static final long USUAL_PATH_LEN = 104;

    /** How many files are looked at for one of several chunks. */
    private static final int MOST_SAMPLES = 1024;

    private FileOpening() {}

    /** The options of the database, with those that suit files. */
    static Options database(Options options) throws StoreException {
        options.check(EkvFsOptions.all());
        long chunkSize = options.optional(EkvFsOptions.CHUNK_SIZE).orElse((long) USUAL_CHUNK_SIZE);
        return options.only(EkvOptions.all())
                .orElse(Options.none().with(EkvOptions.MAX_VALUE_SIZE, Math.max(USUAL_VALUE_SIZE, chunkSize)));
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
        FileDatabase usual =
                new FileDatabase(ekv, settings(mounted, options, Math.min(USUAL_CHUNK_SIZE, shape.maxValueSize())));
        if (options.has(EkvFsOptions.CHUNK_SIZE)) {
            return usual;
        }
        int found = Math.min(usual.reading(FileOpening::chunkSize), shape.maxValueSize());
        return new FileDatabase(ekv, settings(mounted, options, found));
    }

    private static FileSettings settings(Opening.Mounted mounted, Options options, int chunkSize)
            throws StoreException {
        Shape shape = mounted.settings().shape();
        Optional<Long> longest = options.optional(EkvFsOptions.MAX_PATH_LEN);
        return new FileSettings(
                mounted.tree().pages().device().name(),
                (long) mounted.tree().pages().count() * shape.pageSize(),
                longest.orElse(USUAL_PATH_LEN).intValue(),
                longest.orElse((long) FileSettings.PEER_KEY).intValue(),
                shape.maxKeySize(),
                options.optional(EkvFsOptions.CHUNK_SIZE).map(Long::intValue).orElse(chunkSize),
                mounted.settings().transactionBytes(),
                options.get(EkvFsOptions.TEN_CHUNKS));
    }

    /** Mounts with the sizes that files usually have, and with what the image says if its records contradict them. */
    private static Opening.Mounted mount(BlockDevice device, Options options) throws StoreException {
        Options database = database(options);
        Options given = options.only(EkvOptions.all());
        for (Long keySize : USUAL_KEY_SIZES) {
            Options usual = database.orElse(Options.none().with(EkvOptions.MAX_KEY_SIZE, keySize));
            try {
                Opening.Mounted mounted = Opening.ofImage(device, usual).mount();
                if (RecordSizes.fitBest(mounted.tree(), mounted.settings().shape())) {
                    return mounted;
                }
            } catch (InvalidOptionException e) {
                if (given.has(EkvOptions.MAX_KEY_SIZE) && given.has(EkvOptions.MAX_VALUE_SIZE)) {
                    throw e;
                }
            }
        }
        return Opening.ofImage(device, given).mount();
    }

    /**
     * What the first whole file of several chunks says. Where there is none, a power of two that holds the longest single
     * chunk, since firmware with shorter ones could not read it.
     */
    private static int chunkSize(FileReading files) throws StoreException {
        int least = USUAL_CHUNK_SIZE;
        try (Cursor cursor = files.scan(KeyRange.prefix(FilePath.metadataPrefix()))) {
            for (int i = 0; i < MOST_SAMPLES && cursor.next(); i++) {
                Optional<FileContent> content =
                        whole(files, FilePath.ofMetadata(cursor.key()).orElseThrow());
                if (content.isPresent() && content.get().metadata().chunks() > 1) {
                    return (int) content.get().chunkLength();
                }
                while (content.isPresent() && content.get().size() > least) {
                    least *= 2;
                }
            }
        } catch (CorruptStoreException e) {
            // damage shows where it is read; opening is not the place
        }
        return least;
    }

    /** A file, if the chunk that says its length can be read. */
    private static Optional<FileContent> whole(FileReading files, FilePath path) throws StoreException {
        try {
            FileContent content = files.open(path);
            content.chunkLength();
            return Optional.of(content);
        } catch (CorruptStoreException e) {
            return Optional.empty(); // another file may say it
        }
    }
}
