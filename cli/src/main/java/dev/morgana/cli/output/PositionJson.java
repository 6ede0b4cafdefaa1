package dev.morgana.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.error.Position;
import java.io.IOException;

/** Positions on a medium, in JSON. */
public final class PositionJson {
    private PositionJson() {}

    /** The fields of a position. */
    public static void write(JsonGenerator json, Position position) throws IOException {
        json.writeStringField("structure", position.structure());
        json.writeStringField("device", position.device());
        if (position.block() != Position.NO_BLOCK) {
            json.writeNumberField("block", position.block());
        }
        json.writeNumberField("offset", position.offset());
    }
}
