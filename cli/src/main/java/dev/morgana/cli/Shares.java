package dev.morgana.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.facet.Usage;
import java.io.IOException;
import java.util.List;

/** Shares of the space, in JSON. */
final class Shares {
    private Shares() {}

    /** A list of shares. */
    static void write(JsonGenerator json, List<Usage.Share> shares) throws IOException {
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
