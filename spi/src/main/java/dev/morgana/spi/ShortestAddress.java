package dev.morgana.spi;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/** Finds out by trying how little has to be said of an image to open it as what it is. */
final class ShortestAddress {
    private final Providers providers;
    private final StoreAddress whole;

    /** Of an image and everything that is known of it. */
    ShortestAddress(Providers providers, StoreAddress address) {
        this.providers = providers;
        this.whole = address.withOnly(
                address.options().without(CommonOptions.CLOCK.name())); // it has no text, and reading needs none
    }

    /** The shortest address that opens it as it is; empty if it says everything itself, or cannot be opened at all. */
    Optional<StoreAddress> find() throws StoreException {
        String driver = Medium.of(providers, whole).driver();
        Optional<StoreInfo> right = info(whole);
        if (right.isEmpty() || (whole.storeLayers().isEmpty() && right.equals(info(bare())))) {
            return Optional.empty();
        }
        StoreAddress shortest = whole;
        for (String name : whole.options().asTexts().keySet()) {
            StoreAddress shorter = shortest.withOnly(shortest.options().without(name));
            if (right.equals(info(shorter))) {
                shortest = shorter;
            }
        }
        return Optional.of(shortest.withDriver(driver));
    }

    private StoreAddress bare() {
        return new StoreAddress(
                List.of(),
                Optional.empty(),
                whole.deviceLayers(),
                whole.driver(),
                whole.part(),
                Options.none(),
                Optional.empty());
    }

    /** What it is under an address; empty if that is not the address, why does not matter. */
    private Optional<StoreInfo> info(StoreAddress address) {
        try (Store store = new Target(providers, address).readOnly().openStore()) {
            return Optional.of(store.info()).map(ShortestAddress::withoutUnits);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /** The units of reading and programming are the driver's, not the image's. */
    private static StoreInfo withoutUnits(StoreInfo info) {
        return new StoreInfo(
                info.format(),
                info.version(),
                info.geometry().withUnits(1, 1, info.geometry().blockSize()),
                info.readOnly(),
                info.limits(),
                info.capabilities(),
                info.properties());
    }
}
