package dev.morgana.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.option.Option;
import java.io.IOException;
import java.util.List;

/** The options that a provider declares, as {@code formats} and {@code drivers} show them. */
public final class DeclaredOptions {
    private DeclaredOptions() {}

    public static void print(Output output, List<Option<?>> options) {
        options.forEach(option -> output.text().println("    " + option));
    }

    public static void write(JsonGenerator json, List<Option<?>> options) throws IOException {
        json.writeArrayFieldStart("options");
        for (Option<?> option : options) {
            json.writeStartObject();
            json.writeStringField("name", option.name());
            json.writeStringField("type", option.type().label());
            json.writeStringField("unit", option.unit());
            json.writeStringField("default", option.defaultText());
            json.writeStringField("allowed", option.allowed());
            json.writeStringField("description", option.description());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
