package dev.morgana.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.facet.Usage;
import java.io.IOException;
import java.util.List;

/** SpaceJson of the space, in JSON. */
public final class SpaceJson {
    private SpaceJson() {}

    /** A list of shares. */
    public static void write(JsonGenerator json, List<Usage.Share> shares) throws IOException {
        json.writeStartArray();
        for (Usage.Share share : shares) {
            json.writeStartObject();
            json.writeStringField("kind", share.kind());
            json.writeNumberField("blocks", share.blocks());
            json.writeNumberField("bytes", share.bytes());
            json.writeNumberField("items", share.items());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
