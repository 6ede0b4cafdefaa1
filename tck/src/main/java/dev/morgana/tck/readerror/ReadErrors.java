package dev.morgana.tck.readerror;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.power.Scenario;
import dev.morgana.tck.power.VolatileMedium;
import java.util.List;

/**
 * A campaign of read errors: whatever a store does is done again and again, and each time another read fails, alone or with
 * all that follow. An input error tells nothing of the medium, so
 *
 * <ul>
 *   <li>the call fails with an error of the device, or succeeds because the read was not needed: it never reports damage, and
 *       never does less than it says;
 *   <li>if nothing was written before that read, nothing is written at all;
 *   <li>without the failure, the store then holds what it held before, or what the call was to make of it, and can be used.
 * </ul>
 *
 * <p>Instances are immutable; the methods that begin with {@code with} give changed copies.
 *
 * @param provider the format
 * @param geometry the geometry of each device
 * @param devices how many equal devices
 * @param formatOptions options for formatting
 * @param openOptions options for opening and inspecting
 * @param points at how many reads of one call, evenly spread, a failure begins at most
 */
public record ReadErrors(
        StoreProvider provider,
        Geometry geometry,
        int devices,
        Options formatOptions,
        Options openOptions,
        int points) {

    /**
     * A campaign on one device, without options, that fails every read.
     *
     * @param provider the format
     * @param geometry the geometry of the device
     * @return the campaign
     */
    public static ReadErrors of(StoreProvider provider, Geometry geometry) {
        return new ReadErrors(provider, geometry, 1, Options.none(), Options.none(), Integer.MAX_VALUE);
    }

    /**
     * This campaign on several equal devices.
     *
     * @param count how many
     * @return the changed campaign
     */
    public ReadErrors withDevices(int count) {
        return new ReadErrors(provider, geometry, count, formatOptions, openOptions, points);
    }

    /**
     * This campaign with options.
     *
     * @param format for formatting
     * @param open for opening and inspecting
     * @return the changed campaign
     */
    public ReadErrors withOptions(Options format, Options open) {
        return new ReadErrors(provider, geometry, devices, format, open, points);
    }

    /**
     * This campaign, shortened.
     *
     * @param most at how many reads of one call a failure begins at most, at least 1
     * @return the changed campaign
     */
    public ReadErrors withPoints(int most) {
        return new ReadErrors(provider, geometry, devices, formatOptions, openOptions, most);
    }

    /**
     * Fails reads in every step of a scenario, each on a store that was just opened.
     *
     * @param <S> the view of the store that the scenario uses
     * @param scenario the scenario
     * @return what was done; no points if the steps read nothing
     * @throws AssertionError if a store does what it must not; it says in which step, and at which read
     * @throws AssertionError if there were reads, and none failed
     * @throws Exception if the scenario itself fails, without any read error
     */
    public <S> ReadErrorReport run(Scenario<S> scenario) throws Exception {
        return new StepCampaign<>(this, scenario).run();
    }

    /**
     * Fails reads while a store is recognised, opened, checked and repaired: as the steps of a scenario leave it, as they
     * leave it when they are interrupted, and damaged.
     *
     * @param <S> the view of the store that the scenario uses
     * @param scenario its steps make the content
     * @return what was done
     * @throws AssertionError as {@link #run}
     * @throws Exception if the scenario itself fails, without any read error
     */
    public <S> ReadErrorReport runOpening(Scenario<S> scenario) throws Exception {
        return new OpeningCampaign<>(this, scenario).run();
    }

    /** A medium with a content. */
    VolatileMedium medium(List<byte[]> images) {
        return VolatileMedium.of(geometry, images, false);
    }

    Store open(List<BlockDevice> opened) throws StoreException {
        return provider.open(opened, openOptions);
    }

    /** A medium with an empty store. */
    VolatileMedium formatted() throws StoreException {
        VolatileMedium medium = VolatileMedium.erased(geometry, devices, false);
        provider.format(medium.open(), formatOptions);
        return medium;
    }

    /** What can be read of a content, which stays as it is. */
    Sight look(List<byte[]> images) {
        try (Store store = open(medium(images).open())) {
            return Sight.of(Morgana.tree(store));
        } catch (StoreException e) {
            return Sight.none(e);
        }
    }

    /** The reads of a call at which failures begin. */
    long stride(long reads) {
        return Math.max(1, (reads + points - 1) / points);
    }

    /** The ways of failing that differ. */
    List<ReadFault> faults() {
        return devices == 1
                ? List.of(ReadFault.ONE_READ, ReadFault.EVERY_READ)
                : List.of(ReadFault.ONE_READ, ReadFault.ONE_DEVICE, ReadFault.EVERY_READ);
    }
}
