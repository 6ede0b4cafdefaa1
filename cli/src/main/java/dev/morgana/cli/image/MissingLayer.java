package dev.morgana.cli.image;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreLayerProvider;
import java.util.List;

/**
 * A layer that an image has and its address does not name, so that its values are not what they seem.
 *
 * @param layer the layer
 * @param address of the image, with its format
 */
public record MissingLayer(StoreLayerProvider layer, StoreAddress address) {
    /** What it is, and what to write instead; the layer's first option stands for all that it may need. */
    public String message() {
        StoreAddress right = address.withStoreLayers(List.of(layer.layer()))
                .withDriver(address.driver().orElse("file"))
                .with(Options.none().plus(layer.options().get(0).name(), "..."));
        return "is under the layer " + layer.layer() + " (" + layer.description() + "); address it as '" + right.uri()
                + "'";
    }
}
