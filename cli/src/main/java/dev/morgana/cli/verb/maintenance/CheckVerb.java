package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        aliases = "verify",
        description = "Checks an image: structure, checksums, health of copies. Never writes.",
        footer = {"", "Ends with 1 if there are warnings or errors.", "Example: morgana check --deep image.bin"})
final class CheckVerb extends Verb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(names = "--deep", description = "read every value too")
    private boolean deep;

    @Option(
            names = "--manifest",
            paramLabel = "SUMS",
            description = "compare contents with a list that sha256sum has written")
    private String manifest = "";

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        List<Finding> findings = new ArrayList<>();
        if (deep && !address.storeLayers().isEmpty()) {
            checkThroughLayers(address, findings);
        } else {
            checkImage(address, findings);
        }
        if (!manifest.isEmpty()) {
            try (ReadableStore store = session().openReadOnly(address)) {
                new Manifest(Path.of(manifest)).check(store, findings::add);
            }
        }
        if (output.isJson()) {
            output.jsonList(findings, FindingText::write);
        } else {
            print(output, findings);
        }
        boolean clean = findings.stream().allMatch(finding -> finding.severity() == Severity.INFO);
        return clean ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    /** The image by itself, whatever layers are over it and whether their keys are known. */
    private void checkImage(StoreAddress address, List<Finding> findings) throws Exception {
        try (Inspection inspection = session().inspectReadOnly(address)) {
            facet(inspection, Check.class, "has nothing to check").check(depth(), findings::add);
        }
        try (Store store = session().openInner(address)) {
            for (StoreLayerProvider layer : session().morgana().storeLayers()) {
                Optional<Check> check = layer.isOver(store) ? layer.inspect(store, Check.class) : Optional.empty();
                if (check.isPresent()) {
                    check.get().check(depth(), findings::add);
                }
            }
        } catch (CorruptStoreException e) {
            if (findings.isEmpty()) {
                throw e; // else it is among them
            }
        }
    }

    private Check.Depth depth() {
        return deep ? Check.Depth.DEEP : Check.Depth.STRUCTURE;
    }

    /** Every value as the layers make it, decrypted for example. Layers that have nothing to check by themselves leave it to the image. */
    private void checkThroughLayers(StoreAddress address, List<Finding> findings) throws Exception {
        try (Store store = session().openStoreReadOnly(address)) {
            Optional<Check> check = store.facet(Check.class);
            if (check.isPresent()) {
                check.get().check(Check.Depth.DEEP, findings::add);
                return;
            }
        } catch (CorruptStoreException e) {
            findings.add(new Finding(Severity.ERROR, "layer", e.position(), e.expected(), e.found(), "", false));
        }
        checkImage(address, findings);
    }

    private static void print(Output output, List<Finding> findings) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        for (Finding finding : findings) {
            counts.merge(finding.severity(), 1, Integer::sum);
            output.text().println(FindingText.line(output, finding));
        }
        output.text()
                .println(Counts.of(counts.getOrDefault(Severity.ERROR, 0), "error") + ", "
                        + Counts.of(counts.getOrDefault(Severity.WARNING, 0), "warning") + ", "
                        + Counts.of(counts.getOrDefault(Severity.INFO, 0), "note"));
    }
}
