package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnrecognizedImageException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import java.util.List;
import java.util.Optional;

/** What to tell of an image that does not say what it is, and what to do about it. */
record UnrecognizedImage(StoreAddress address) {
    /** The error for an image that more than one format claims with equal confidence. */
    UnrecognizedImageException ofSeveral(List<String> candidates) {
        return new UnrecognizedImageException(
                address.medium(),
                "may be " + String.join(" or ", candidates) + "; name the format, as in " + candidates.get(0)
                        + "+file:...",
                candidates);
    }

    /** The error for an image that no format claims. An erased one may be an empty store all the same. */
    UnrecognizedImageException ofNone(List<StoreProvider> formats, String driver, BlockDevice device)
            throws StoreException {
        String names = formats.isEmpty()
                ? "none"
                : String.join(", ", formats.stream().map(StoreProvider::format).toList());
        Optional<Geometry> erased = ErasedMedium.of(device);
        String advice = "it may be empty, damaged, or begin at another offset";
        if (erased.isPresent()) {
            advice = emptyStore(formats, driver, erased.get()).orElse(advice);
        }
        return new UnrecognizedImageException(
                address.medium(), "holds no image of an installed format (" + names + "); " + advice, List.of());
    }

    private Optional<String> emptyStore(List<StoreProvider> formats, String driver, Geometry erased) {
        for (StoreProvider format : formats) {
            Optional<Options> options = format.ofErased(erased);
            if (options.isPresent()) {
                StoreAddress full =
                        address.withFormat(format.format()).withDriver(driver).with(options.get());
                String uri = full.withOnly(full.options().without(CommonOptions.READ_ONLY.name()))
                        .uri();
                return Optional.of("it is erased, as an empty " + format.format() + " is: open that as '" + uri
                        + "', with the values of the firmware");
            }
        }
        return Optional.empty();
    }
}
