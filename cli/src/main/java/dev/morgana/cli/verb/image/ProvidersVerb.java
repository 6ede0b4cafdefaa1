package dev.morgana.cli.verb.image;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.Morgana;
import java.io.IOException;
import java.util.List;

/** A verb that lists what is installed of one kind, and the layers over it. */
abstract class ProvidersVerb extends Verb {
    /** The kind in the plural, which is its JSON field. */
    abstract String plural();

    abstract List<InstalledProvider> providers(Morgana morgana);

    abstract List<InstalledProvider> layers(Morgana morgana);

    @Override
    protected final ExitCode run(Output output) throws IOException {
        Morgana morgana = session().morgana();
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartObject();
                json.writeFieldName(plural());
                Json.list(json, providers(morgana), (object, provided) -> provided.write(object));
                json.writeFieldName("layers");
                Json.list(json, layers(morgana), (object, provided) -> provided.write(object));
                json.writeEndObject();
            });
        } else {
            providers(morgana).forEach(provided -> provided.print(output));
            layers(morgana).forEach(provided -> provided.print(output));
            morgana.problems().forEach(problem -> output.text().println("! " + problem));
        }
        return ExitCode.DONE;
    }
}
