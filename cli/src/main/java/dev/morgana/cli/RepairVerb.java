package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.provider.Inspection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "repair",
        description = "Does what the format's own recovery may do, and rebuilds replicas; says what it changed.",
        footer = {"", "Example: morgana repair --dry-run image.bin"})
final class RepairVerb extends ChangingVerb {
    @Parameters(paramLabel = "IMAGE", description = "the image")
    private String image = "";

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        refuseEntry(address);
        List<Repair.Action> actions = new ArrayList<>();
        try (Inspection inspection =
                isDryRun() ? inspectReadOnly(address) : morgana().inspect(address)) {
            Repair repair = inspection
                    .facet(Repair.class)
                    .orElseThrow(() -> new UsageException("this format has nothing to repair; see check"));
            repair.repair(isDryRun(), actions::add);
        }
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartArray();
                for (Repair.Action action : actions) {
                    json.writeStartObject();
                    Places.write(json, action.position());
                    json.writeStringField("action", action.action());
                    json.writeStringField("lost", action.lost());
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
        } else {
            actions.forEach(action -> output.text()
                    .println(action.position() + ": " + action.action()
                            + (action.lost().isEmpty() ? "" : "; lost: " + action.lost())));
            output.note(
                    actions.isEmpty()
                            ? "nothing to repair"
                            : Counts.of(actions.size(), "step") + (isDryRun() ? " to do" : " done"));
        }
        return isDryRun() && !actions.isEmpty() ? ExitCode.FINDINGS : ExitCode.DONE;
    }
}
