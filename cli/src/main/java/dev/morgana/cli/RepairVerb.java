package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        if (!repairDamaged(address, actions)) {
            repairOpened(address, actions);
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

    /** Where the format can, the image is repaired as it is, since it may be too damaged to be opened. */
    private boolean repairDamaged(StoreAddress address, List<Repair.Action> actions) throws StoreException {
        try (Inspection inspection =
                isDryRun() ? inspectReadOnly(address) : morgana().inspect(address)) {
            Optional<Repair> repair = inspection.facet(Repair.class);
            if (repair.isPresent()) {
                repair.get().repair(isDryRun(), actions::add);
            }
            return repair.isPresent();
        }
    }

    private void repairOpened(StoreAddress address, List<Repair.Action> actions) throws Exception {
        try (Store store = openStore(address)) {
            store.facet(Repair.class)
                    .orElseThrow(() -> new UsageException(store.info().format() + " has nothing to repair; see check"))
                    .repair(isDryRun(), actions::add);
        }
    }
}
