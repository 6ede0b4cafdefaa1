package dev.morgana.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(name = "drivers", description = "Lists the installed drivers and device layers, with their options.")
final class DriversVerb extends Verb {
    @Override
    ExitCode run(Output output) throws IOException {
        if (output.isJson()) {
            output.json(this::writeJson);
        } else {
            writeText(output);
        }
        return ExitCode.DONE;
    }

    private void writeText(Output output) {
        for (BlockDeviceProvider driver : morgana().drivers()) {
            String reason =
                    driver.unavailable().map(why -> " (not here: " + why + ")").orElse("");
            output.text().println(output.styled("bold", driver.driver()) + "  " + driver.description() + reason);
            DeclaredOptions.print(output, driver.options());
        }
        for (BlockLayerProvider layer : morgana().deviceLayers()) {
            output.text().println(output.styled("bold", layer.layer()) + "  layer: " + layer.description());
            DeclaredOptions.print(output, layer.options());
        }
        morgana().problems().forEach(problem -> output.text().println("! " + problem));
    }

    private void writeJson(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("drivers");
        for (BlockDeviceProvider driver : morgana().drivers()) {
            json.writeStartObject();
            json.writeStringField("driver", driver.driver());
            json.writeStringField("description", driver.description());
            Optional<String> unavailable = driver.unavailable();
            json.writeBooleanField("available", unavailable.isEmpty());
            if (unavailable.isPresent()) {
                json.writeStringField("reason", unavailable.get());
            }
            DeclaredOptions.write(json, driver.options());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("layers");
        for (BlockLayerProvider layer : morgana().deviceLayers()) {
            json.writeStartObject();
            json.writeStringField("layer", layer.layer());
            json.writeStringField("description", layer.description());
            DeclaredOptions.write(json, layer.options());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
