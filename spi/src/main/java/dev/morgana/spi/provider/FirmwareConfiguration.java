package dev.morgana.spi.provider;

import java.util.List;
import java.util.Map;

/**
 * What firmware must be configured with to share an image, in the words of the format's reference implementation: names of
 * features, variables of a build, fields of a structure.
 *
 * @param settings those that the reference does not have by itself, one phrase each; none if it opens the image as it comes
 * @param blocks lines to paste into the sources of firmware, for each language that the reference is written for; complete, so
 *     that also what is a default is said
 */
public record FirmwareConfiguration(List<String> settings, Map<FirmwareLanguage, List<String>> blocks) {
    public FirmwareConfiguration {
        settings = List.copyOf(settings);
        blocks = Map.copyOf(blocks);
    }
}
