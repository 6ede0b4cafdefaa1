package dev.morgana.cli.verb.image;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.provider.StoreProvider;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "formats", description = "Lists the installed formats and store layers, with their options.")
final class FormatsVerb extends ProvidersVerb {
    /** Told of every format, since once some were read only. */
    private static final String BUILT = "read, write";

    @Override
    String plural() {
        return "formats";
    }

    @Override
    List<InstalledProvider> providers(Morgana morgana) {
        return morgana.formats().stream().map(FormatsVerb::provided).toList();
    }

    @Override
    List<InstalledProvider> layers(Morgana morgana) {
        return morgana.storeLayers().stream().map(InstalledProvider::of).toList();
    }

    private static InstalledProvider provided(StoreProvider format) {
        return new InstalledProvider(
                "format",
                format.format(),
                format.description(),
                " (" + BUILT + ")",
                Map.of("built", BUILT),
                format.options());
    }
}
