package dev.morgana.spi.provider;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import java.util.List;

/**
 * What a provider recognised.
 *
 * @param format the format's id
 * @param version the version or dialect; empty where the format has none
 * @param confidence how sure the provider is
 * @param geometry the geometry of the store on the device
 * @param options what to open it with, as far as the image tells; the user's own options override them
 * @param evidence what it was recognised by, one phrase each
 * @param hints what the user should know before opening it, such as a dialect; usually none
 */
public record Identification(
        String format,
        String version,
        Confidence confidence,
        Geometry geometry,
        Options options,
        List<String> evidence,
        List<String> hints) {
    public Identification {
        evidence = List.copyOf(evidence);
        hints = List.copyOf(hints);
    }
}
