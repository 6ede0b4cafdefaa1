package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.spi.option.Options;

/** What a manifest gives to open its image with. */
final class Recipe {
    private Recipe() {}

    /** A JSON object as options; numbers and flags as their text. */
    static Options options(JsonNode object) {
        Options options = Options.none();
        for (var field : object.properties()) {
            options = options.plus(field.getKey(), field.getValue().asText());
        }
        return options;
    }
}
