package dev.morgana.embedkv;

import dev.morgana.embedkv.record.Settings;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;

/** What the options of a store say, for the model of the peers. */
public final class EmbedKvSettings {
    private EmbedKvSettings() {}

    /** The settings that the product would take for a store that is written to; options of others are passed over. */
    public static Settings of(Options options) throws InvalidOptionException {
        return EmbedKvOptions.settings(options.only(EmbedKvOptions.all()), false);
    }
}
