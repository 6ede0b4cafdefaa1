package dev.morgana.lsm;

import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** ekv-fs for the contract. */
record EkvFsFixture(List<Variant> variants, Media media, int seeds) implements StoreFixture {
    private static final long SPILLED = 1000;
    private static final int CHUNKS_OF_A_SMALL_VALUE = 3;

    @Override
    public StoreProvider provider() {
        return new EkvFsProvider();
    }

    /** A configuration on a flash of so many pages, with files in chunks of some bytes, and room for so many. */
    static Variant variant(Config config, int pages, int chunkSize, int entries) {
        Variant database = config.variant(pages);
        Options options = options(config.options(), chunkSize);
        return Variant.of(config + " chunks of " + chunkSize, database.geometry())
                .withOptions(options, options)
                .withSizes(chunkSize, CHUNKS_OF_A_SMALL_VALUE * chunkSize, 10 * chunkSize)
                .withRoom(database.room().bytes() / 2, entries);
    }

    /** The same, where a transaction keeps so little in memory that most go to free pages before they are committed. */
    static Variant spilling(Config config, int pages, int chunkSize, int entries) {
        Variant usual = variant(config, pages, chunkSize, entries);
        Options options = spilling(usual.openOptions(), SPILLED);
        return Variant.of(usual.name() + " spilling", usual.geometry())
                .withOptions(options, options)
                .withSizes(chunkSize, CHUNKS_OF_A_SMALL_VALUE * chunkSize, 10 * chunkSize)
                .withRoom(usual.room().bytes() / 2, entries);
    }

    /** Options with which a transaction keeps so many bytes in memory. */
    static Options spilling(Options options, long bytes) {
        return options.with(EkvOptions.TRANSACTION_BYTES, bytes);
    }

    /** Options of a database for files. */
    static Options options(Options database, int chunkSize) {
        return database.only(EkvFsOptions.all())
                .with(EkvOptions.MAX_KEY_SIZE, 64L)
                .with(EkvOptions.MAX_VALUE_SIZE, (long) chunkSize)
                .with(EkvFsOptions.CHUNK_SIZE, (long) chunkSize);
    }

    /** Where the half-empty pages lie depends on what was merged when. */
    @Override
    public int refillSlack() {
        return 2;
    }

    /** A damaged image may contradict the options that it is opened with. */
    @Override
    public boolean explainsDamage(StoreException error) {
        return error instanceof InvalidOptionException;
    }
}
