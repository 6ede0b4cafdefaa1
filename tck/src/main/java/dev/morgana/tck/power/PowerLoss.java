package dev.morgana.tck.power;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;

/**
 * A campaign of power cuts: runs a scenario once on a medium that keeps a record, then cuts the power at every point of the
 * record, and judges what the store makes of each image.
 *
 * <p><b>The fault model.</b> Between two syncs each block keeps a prefix of its operations in the order issued, the last one
 * possibly torn, whatever other blocks keep; a sync makes all before it durable. A torn program or erase has done its first
 * unit, half of its units, all but the last, and every number of units where there are at most 16. Every combination is
 * tried where there are at most 256, else nothing kept, all kept (also with the last operation torn), each block kept alone,
 * and 64 by a seeded choice.
 *
 * <p><b>Per image</b> the provider inspects it (where there is a {@link dev.morgana.spi.facet.Check}, damage that is not
 * repairable fails), opens it read-only, then opens it for writing, writes to the end of the scenario, and opens it again.
 * The two that only read must not write. If the format says that it {@linkplain
 * dev.morgana.spi.store.Capability#ERASE_BEFORE_WRITE runs on flash}, programming a unit that is not erased fails.
 *
 * <p>Instances are immutable; the methods that begin with {@code with} give changed copies.
 */
public final class PowerLoss {
    private final StoreProvider provider;
    private final Geometry geometry;
    private final int devices;
    private final Options formatOptions;
    private final Options openOptions;
    private final boolean recoveryCuts;
    private final long seed;

    private PowerLoss(
            StoreProvider provider,
            Geometry geometry,
            int devices,
            Options formatOptions,
            Options openOptions,
            boolean recoveryCuts,
            long seed) {
        this.provider = provider;
        this.geometry = geometry;
        this.devices = devices;
        this.formatOptions = formatOptions;
        this.openOptions = openOptions;
        this.recoveryCuts = recoveryCuts;
        this.seed = seed;
    }

    /**
     * A campaign on one device, without options, without second cuts.
     *
     * @param provider the format
     * @param geometry the geometry of the device; at most a few MiB, since there are thousands of images
     * @return the campaign
     */
    public static PowerLoss of(StoreProvider provider, Geometry geometry) {
        return new PowerLoss(provider, geometry, 1, Options.none(), Options.none(), false, 0);
    }

    /**
     * This campaign on several equal devices, which lose power together.
     *
     * @param count how many
     * @return the changed campaign
     */
    public PowerLoss withDevices(int count) {
        return new PowerLoss(provider, geometry, count, formatOptions, openOptions, recoveryCuts, seed);
    }

    /**
     * This campaign with options.
     *
     * @param format for formatting
     * @param open for opening and inspecting
     * @return the changed campaign
     */
    public PowerLoss withOptions(Options format, Options open) {
        return new PowerLoss(provider, geometry, devices, format, open, recoveryCuts, seed);
    }

    /**
     * This campaign with a second cut, at every point of what a store writes while it opens after the first one.
     *
     * @return the changed campaign
     */
    public PowerLoss withRecoveryCuts() {
        return new PowerLoss(provider, geometry, devices, formatOptions, openOptions, true, seed);
    }

    /**
     * This campaign with another choice of combinations, where there are too many.
     *
     * @param value the seed; 0 at first
     * @return the changed campaign
     */
    public PowerLoss withSeed(long value) {
        return new PowerLoss(provider, geometry, devices, formatOptions, openOptions, recoveryCuts, value);
    }

    /**
     * Cuts the power in every step of a scenario.
     *
     * @param <S> the view of the store that the scenario uses
     * @param scenario the scenario
     * @return what was done
     * @throws AssertionError if an image is not what it should be; it says which cut, and what each block kept
     * @throws AssertionError if no cut took effect, since then nothing was tested
     * @throws Exception if the scenario itself fails, without any power cut
     */
    public <S> PowerLossReport run(Scenario<S> scenario) throws Exception {
        Campaign<S> campaign = new Campaign<>(this, scenario);
        return campaign.run();
    }

    /**
     * Cuts the power while a used store is formatted. Each image must hold the old store, the new one, or none; and it must
     * be possible to format it again, and to use it.
     *
     * @param <S> the view of the store that the scenario uses
     * @param scenario its steps make the old content, and are repeated on the new store; {@link Scenario#prepare} is not used
     * @return what was done
     * @throws AssertionError if an image is not what it should be, or if no cut took effect
     * @throws Exception if the scenario itself fails, without any power cut
     */
    public <S> PowerLossReport runFormat(Scenario<S> scenario) throws Exception {
        FormatCampaign<S> campaign = new FormatCampaign<>(this, scenario);
        return campaign.run();
    }

    StoreProvider provider() {
        return provider;
    }

    Geometry geometry() {
        return geometry;
    }

    int devices() {
        return devices;
    }

    Options formatOptions() {
        return formatOptions;
    }

    Options openOptions() {
        return openOptions;
    }

    boolean hasRecoveryCuts() {
        return recoveryCuts;
    }

    long seed() {
        return seed;
    }
}
