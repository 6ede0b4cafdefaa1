package dev.morgana.cli.verb.image;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(name = "drivers", description = "Lists the installed drivers and device layers, with their options.")
final class DriversVerb extends ProvidersVerb {
    @Override
    String plural() {
        return "drivers";
    }

    @Override
    List<InstalledProvider> providers(Morgana morgana) {
        return morgana.drivers().stream().map(DriversVerb::provided).toList();
    }

    @Override
    List<InstalledProvider> layers(Morgana morgana) {
        return morgana.deviceLayers().stream().map(InstalledProvider::of).toList();
    }

    private static InstalledProvider provided(BlockDeviceProvider driver) {
        Optional<String> unavailable = driver.unavailable();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("available", unavailable.isEmpty());
        unavailable.ifPresent(why -> fields.put("reason", why));
        return new InstalledProvider(
                "driver",
                driver.driver(),
                driver.description(),
                unavailable.map(why -> " (not here: " + why + ")").orElse(""),
                fields,
                driver.options());
    }
}
