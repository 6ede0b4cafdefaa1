package dev.morgana.cli.verb.maintenance;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.DeclaredOptions;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconfigure",
        description = "Changes in place how an image is laid out, for a firmware that is configured otherwise.",
        footer = {
            "",
            "Without --set it lists what can be changed. -O tells how the image is now, as",
            "far as it does not tell itself. The change is tried first, and its result is",
            "compared. After a power loss every entry is there: repair, and run it again.",
            "Example: morgana reconfigure -O sectorSize=4K settings.img --set redundancy=2"
        })
final class ReconfigureVerb extends ChangingVerb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(names = "--set", paramLabel = "name=value", description = "a setting and its new value; may be repeated")
    private List<String> wanted = List.of();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        Options settings = settings();
        try (Inspection inspection = wanted.isEmpty() ? session().inspectReadOnly(address) : inspect(address)) {
            Reconfiguration change = inspection.facet(Reconfiguration.class).orElseThrow(() -> refusal(inspection));
            if (wanted.isEmpty()) {
                list(change, output);
            } else {
                report(change.reconfigure(settings, isDryRun()), output);
            }
        }
        return ExitCode.DONE;
    }

    private static UsageException refusal(Inspection inspection) {
        String format =
                Session.infoIfReadable(inspection).map(info -> info.format()).orElse("this format");
        return new UsageException(format + " has nothing to reconfigure in place; see convert");
    }

    private Options settings() throws UsageException {
        Options settings = Options.none();
        for (String one : wanted) {
            int end = one.indexOf('=');
            if (end < 1) {
                throw new UsageException("--set " + one + ": write name=value");
            }
            settings = settings.plus(one.substring(0, end), one.substring(end + 1));
        }
        return settings;
    }

    private static void list(Reconfiguration change, Output output) throws IOException {
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartObject();
                DeclaredOptions.write(json, change.settings());
                json.writeEndObject();
            });
        } else {
            DeclaredOptions.print(output, change.settings());
        }
    }

    private void report(Reconfiguration.Outcome outcome, Output output) throws IOException, StoreException {
        if (output.isJson()) {
            output.json(json -> write(json, outcome));
            return;
        }
        outcome.settings()
                .forEach(setting -> tell(
                        output, "changed " + setting.name() + " from " + setting.before() + " to " + setting.after()));
        if (outcome.settings().isEmpty()) {
            output.note("nothing to change");
        }
        output.note(Counts.of(outcome.entries(), "entry", "entries") + " verified, " + Sizes.of(outcome.usedBefore())
                + " before, " + Sizes.of(outcome.usedAfter()) + " after");
    }

    private void write(JsonGenerator json, Reconfiguration.Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeFieldName("settings");
        Json.list(json, outcome.settings(), (object, setting) -> {
            object.writeStringField("name", setting.name());
            object.writeStringField("before", setting.before());
            object.writeStringField("after", setting.after());
        });
        json.writeNumberField("entries", outcome.entries());
        json.writeNumberField("usedBefore", outcome.usedBefore());
        json.writeNumberField("usedAfter", outcome.usedAfter());
        json.writeBooleanField("dryRun", isDryRun());
        json.writeEndObject();
    }
}
