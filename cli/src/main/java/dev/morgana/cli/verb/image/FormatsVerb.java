package dev.morgana.cli.verb.image;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.provider.StoreProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(name = "formats", description = "Lists the installed formats and store layers, with their options.")
final class FormatsVerb extends ProvidersVerb {
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
        String built = halves(format);
        return new InstalledProvider(
                "format",
                format.format(),
                format.description(),
                " (" + built + ")",
                Map.of("built", built),
                format.options());
    }

    private static String halves(StoreProvider format) {
        return format.built().isEmpty()
                ? "not built"
                : format.built().stream()
                        .sorted()
                        .map(half -> half.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }
}
