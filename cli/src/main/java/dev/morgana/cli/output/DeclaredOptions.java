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
        json.writeFieldName("options");
        Json.list(json, options, (object, option) -> {
            object.writeStringField("name", option.name());
            object.writeStringField("type", option.type().label());
            object.writeStringField("unit", option.unit());
            object.writeStringField("default", option.defaultText());
            object.writeStringField("allowed", option.allowed());
            object.writeStringField("description", option.description());
        });
    }
}
