package dev.morgana.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.provider.StoreProvider;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(name = "formats", description = "Lists the installed formats and store layers, with their options.")
final class FormatsVerb extends Verb {
    @Override
    ExitCode run(Output output) throws IOException {
        if (output.isJson()) {
            output.json(this::writeJson);
        } else {
            writeText(output);
        }
        return ExitCode.DONE;
    }

    /** Every format reads and writes; told because it once was not so. */
    private static final String BUILT = "read, write";

    private void writeText(Output output) {
        for (StoreProvider format : morgana().formats()) {
            output.text()
                    .println(output.styled("bold", format.format()) + "  " + format.description() + " ("
                            + BUILT + ")");
            DeclaredOptions.print(output, format.options());
        }
        for (StoreLayerProvider layer : morgana().storeLayers()) {
            output.text().println(output.styled("bold", layer.layer()) + "  layer: " + layer.description());
            DeclaredOptions.print(output, layer.options());
        }
        morgana().problems().forEach(problem -> output.text().println("! " + problem));
    }

    private void writeJson(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("formats");
        for (StoreProvider format : morgana().formats()) {
            writeOne(json, "format", format.format(), format.description(), BUILT, format.options());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("layers");
        for (StoreLayerProvider layer : morgana().storeLayers()) {
            writeOne(json, "layer", layer.layer(), layer.description(), "", layer.options());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOne(
            JsonGenerator json, String kind, String name, String description, String built, List<Option<?>> options)
            throws IOException {
        json.writeStartObject();
        json.writeStringField(kind, name);
        json.writeStringField("description", description);
        if (!built.isEmpty()) {
            json.writeStringField("built", built);
        }
        DeclaredOptions.write(json, options);
        json.writeEndObject();
    }
}
