package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.StoreProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks every installed format whether devices hold an image of its own. */
record Recognition(Providers providers) {
    /** What the formats recognise, the surest first; possibly nothing. */
    List<Identification> probe(List<BlockDevice> devices) throws StoreException {
        List<Identification> found = new ArrayList<>();
        for (StoreProvider format : providers.formats()) {
            if (devices.size() <= format.maxDevices()) {
                format.probe(devices).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Identification::confidence).reversed().thenComparing(Identification::format));
        return found;
    }

    /**
     * An address that names its format, with the options that the image itself tells for certain; its own count before those. What
     * is only likely may contradict what the address says.
     */
    StoreAddress completeNamed(StoreAddress address, List<BlockDevice> devices) throws StoreException {
        StoreProvider format = providers.format(address.format().orElseThrow());
        Optional<Identification> found =
                devices.size() <= format.maxDevices() ? format.probe(devices) : Optional.empty();
        return found.isPresent() && found.get().confidence() == Confidence.CERTAIN
                ? address.withOnly(address.options().orElse(found.get().options()))
                : address;
    }

    /** The address with the format, and the options, that the image itself tells; its own options count before those. */
    StoreAddress complete(StoreAddress address, String driver, List<BlockDevice> devices) throws StoreException {
        List<Identification> found = probe(devices);
        UnrecognizedImage unrecognized = new UnrecognizedImage(address);
        if (found.isEmpty()) {
            throw unrecognized.ofNone(providers.formats(), driver, devices.get(0));
        }
        Identification surest = found.get(0);
        List<String> candidates = found.stream()
                .filter(one -> one.confidence() == surest.confidence())
                .map(Identification::format)
                .toList();
        if (candidates.size() > 1) {
            throw unrecognized.ofSeveral(candidates);
        }
        return address.withFormat(surest.format()).withOnly(address.options().orElse(surest.options()));
    }
}
