package dev.morgana.cli.verb.maintenance;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "repair",
        description = "Does what the format's own recovery may do, and rebuilds replicas; says what it changed.",
        footer = {
            "",
            "Ends with 1 if there are errors beyond repair, or steps to do with --dry-run.",
            "Example: morgana repair --dry-run image.bin"
        })
final class RepairVerb extends ChangingVerb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        List<Repair.Action> actions = new ArrayList<>();
        Optional<List<Finding>> inspected = repairDamaged(address, actions);
        List<Finding> remaining = inspected.isPresent() ? inspected.get() : repairOpened(address, actions);
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartArray();
                Json.objects(json, actions, RepairVerb::write);
                Json.objects(json, remaining, FindingText::write);
                json.writeEndArray();
            });
        } else {
            actions.forEach(action -> output.text()
                    .println(action.position() + ": " + action.action()
                            + (action.lost().isEmpty() ? "" : "; lost: " + action.lost())));
            remaining.forEach(finding -> output.text().println(FindingText.line(output, finding)));
            output.note(summary(actions.size(), remaining.size()));
        }
        boolean steps = isDryRun() && !actions.isEmpty();
        return steps || !remaining.isEmpty() ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static void write(JsonGenerator json, Repair.Action action) throws IOException {
        Json.position(json, action.position());
        json.writeStringField("action", action.action());
        json.writeStringField("lost", action.lost());
    }

    private String summary(int actions, int remaining) {
        if (actions == 0 && remaining == 0) {
            return "nothing to repair";
        }
        String steps = Counts.of(actions, "step") + (isDryRun() ? " to do" : " done");
        return remaining == 0 ? steps : steps + "; " + Counts.of(remaining, "error") + " beyond repair";
    }

    /** Where the format can, the image is repaired as it is, since it may be too damaged to be opened. */
    private Optional<List<Finding>> repairDamaged(StoreAddress address, List<Repair.Action> actions)
            throws StoreException {
        try (Inspection inspection = inspect(address)) {
            Optional<Repair> repair = inspection.facet(Repair.class);
            return repair.isPresent() ? Optional.of(repair.get().repair(isDryRun(), actions::add)) : Optional.empty();
        }
    }

    private List<Finding> repairOpened(StoreAddress address, List<Repair.Action> actions) throws Exception {
        try (Store store = openStore(address)) {
            return facet(store, address, Repair.class, "has nothing to repair; see check")
                    .repair(isDryRun(), actions::add);
        }
    }
}
