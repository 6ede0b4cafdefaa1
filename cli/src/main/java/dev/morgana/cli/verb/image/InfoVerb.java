package dev.morgana.cli.verb.image;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.StateToken;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.FirmwareLanguage;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "info",
        description = "Tells of an image: format, settings, limits, and where the space goes.",
        footer = {"", "Examples: morgana info image.bin", "          morgana info --firmware rust image.bin"})
final class InfoVerb extends Verb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(
            names = "--firmware",
            paramLabel = "LANGUAGE",
            description = "print what to paste into firmware that shares the image: rust, c or cpp")
    private String language = "";

    @Option(
            names = "--state",
            description = "print what tells the state of an encrypted image, to open it with expectState=... later")
    private boolean state;

    /** Why the space cannot be counted; empty if it can. */
    private String damage = "";

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        if (state) {
            printState(address, output);
            return ExitCode.DONE;
        }
        Optional<StoreInfo> layered =
                address.storeLayers().isEmpty() ? Optional.empty() : Optional.of(throughLayers(address));
        try (Inspection inspection = session().inspectReadOnly(address)) {
            Optional<StoreInfo> own = inspection.info();
            StoreInfo info = layered.or(() -> own)
                    .orElseThrow(() -> new UsageException(
                            address.medium() + " is too damaged for its settings to be read; see check and dump"));
            Optional<FirmwareConfiguration> firmware =
                    own.flatMap(session().morgana().format(info.format())::firmware);
            if (!language.isEmpty()) {
                printBlock(output, info.format(), firmware);
                return ExitCode.DONE;
            }
            List<String> needed = firmware.map(FirmwareConfiguration::settings).orElse(List.of());
            List<Usage.Share> shares = shares(inspection);
            ImageInfo all = new ImageInfo(info, needed, shares, damage);
            if (output.isJson()) {
                output.json(all::write);
            } else {
                all.print(output);
            }
        }
        return ExitCode.DONE;
    }

    private void printState(StoreAddress address, Output output) throws Exception {
        try (Store store = session().openStoreReadOnly(address)) {
            byte[] token =
                    facet(store, address, StateToken.class, "tells no state").stateToken();
            String text = HexFormat.of().formatHex(token);
            if (output.isJson()) {
                output.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("state", text);
                    json.writeEndObject();
                });
            } else {
                output.text().println(text);
            }
        }
    }

    private void printBlock(Output output, String format, Optional<FirmwareConfiguration> firmware) throws Exception {
        Map<FirmwareLanguage, List<String>> blocks =
                firmware.map(FirmwareConfiguration::blocks).orElse(Map.of());
        Optional<List<String>> block = blocks.entrySet().stream()
                .filter(each -> word(each.getKey()).equals(language.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst();
        String languages = blocks.keySet().stream().map(InfoVerb::word).sorted().collect(Collectors.joining(", "));
        List<String> lines = block.orElseThrow(() -> new UsageException("--firmware " + language + ": " + format
                + (languages.isEmpty() ? " has nothing to paste" : " has its configuration in " + languages)));
        if (output.isJson()) {
            output.json(json -> Json.texts(json, lines));
        } else {
            lines.forEach(output.text()::println);
        }
    }

    private static String word(FirmwareLanguage known) {
        return known.name().toLowerCase(Locale.ROOT);
    }

    /** What the image is with the layers over it, such as the limits of its values once they are encrypted. */
    private StoreInfo throughLayers(StoreAddress address) throws StoreException {
        try (Store store = session().openStoreReadOnly(address)) {
            return store.info();
        }
    }

    /** A damaged image still has settings to show; that its space cannot be counted is what check tells. */
    private List<Usage.Share> shares(Inspection inspection) throws StoreException {
        Optional<Usage> usage = inspection.facet(Usage.class);
        try {
            return usage.isPresent() ? usage.get().usage() : List.of();
        } catch (CorruptStoreException e) {
            damage = String.valueOf(e.getMessage());
            return List.of();
        }
    }
}
