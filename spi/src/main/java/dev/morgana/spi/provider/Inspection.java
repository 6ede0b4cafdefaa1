package dev.morgana.spi.provider;

import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.Optional;

/**
 * The tool facets of an image that may be too damaged to open: {@link dev.morgana.spi.facet.Check},
 * {@link dev.morgana.spi.facet.Dump}, {@link dev.morgana.spi.facet.Repair} and their like. Nothing is written but by an
 * explicit {@link dev.morgana.spi.facet.Repair} or {@link dev.morgana.spi.facet.Reconfiguration}.
 */
public interface Inspection extends AutoCloseable {
    /**
     * What the image is, as far as it can be read.
     *
     * @return the information, or empty if the image is too damaged to tell
     * @throws DeviceException if the device fails, so that nobody knows whether the image is damaged
     */
    Optional<StoreInfo> info() throws DeviceException;

    /**
     * A tool facet.
     *
     * @param <F> the facet
     * @param type its interface
     * @return the facet, or empty if this format does not have it
     */
    <F extends Facet> Optional<F> facet(Class<F> type);

    /** Closes the devices. Never fails; closing twice does nothing. */
    @Override
    void close();
}
