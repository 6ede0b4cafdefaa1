package dev.morgana.cli.verb.entry;

import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.store.ReadableStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attr",
        description = "Shows, sets and removes user attributes.",
        footer = {
            "",
            "A TYPE is a number, such as 116 or 0x74, or a character in quotes: 't'.",
            "A VALUE is hex:…, text:… or file:….",
            "Example: morgana attr image.bin:/boot.bin --set 0x74=hex:5f1e2d3c"
        })
final class AttrVerb extends ChangingEntryVerb {
    private static final HexFormat HEX = HexFormat.of();

    @Parameters(index = "0", paramLabel = "IMAGE:/path", description = "the entry")
    private String image = "";

    @Parameters(index = "1..*", paramLabel = "TYPE", description = "attributes to show; all by default")
    private List<String> types = List.of();

    @Option(names = "--set", paramLabel = "TYPE=VALUE", description = "set an attribute; may be repeated")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--remove", paramLabel = "TYPE", description = "remove an attribute; may be repeated")
    private List<String> removed = List.of();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key key = Entries.of(address);
        boolean changes = !set.isEmpty() || !removed.isEmpty();
        try (ReadableStore store = changes ? openTree(address) : session().openReadOnly(address)) {
            UserAttributes attributes = facet(store, address, UserAttributes.class, "has no attributes");
            if (changes) {
                change(attributes, key, output);
            } else {
                show(attributes, store, key, output);
            }
        }
        return ExitCode.DONE;
    }

    private void change(UserAttributes attributes, Key key, Output output) throws Exception {
        for (Map.Entry<String, String> one : set.entrySet()) {
            int type = type(one.getKey());
            byte[] value = value(one.getValue());
            if (!isDryRun()) {
                attributes.set(key, type, value);
            }
            tell(output, "set attribute " + hex(type) + " of " + key);
        }
        for (String one : removed) {
            int type = type(one);
            if (attributes.get(key, type).isEmpty()) {
                throw new UsageException(key + " has no attribute " + hex(type));
            }
            if (!isDryRun()) {
                attributes.remove(key, type);
            }
            tell(output, "removed attribute " + hex(type) + " of " + key);
        }
    }

    private void show(UserAttributes attributes, ReadableStore store, Key key, Output output) throws Exception {
        if (store.kind(key).isEmpty()) {
            throw new NoSuchKeyException(key);
        }
        Map<Integer, byte[]> found = new TreeMap<>();
        for (int type : types.isEmpty() ? attributes.types(key) : wanted()) {
            byte[] value = attributes
                    .get(key, type)
                    .orElseThrow(() -> new UsageException(key + " has no attribute " + hex(type)));
            found.put(type, value);
        }
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartObject();
                for (Map.Entry<Integer, byte[]> one : found.entrySet()) {
                    json.writeStringField(String.valueOf(one.getKey()), HEX.formatHex(one.getValue()));
                }
                json.writeEndObject();
            });
            return;
        }
        Table table = new Table("<><");
        found.forEach((type, value) -> table.row(hex(type), value.length + " B", AttributeText.of(type, value)));
        table.print(output.text());
    }

    private List<Integer> wanted() throws UsageException {
        List<Integer> wanted = new java.util.ArrayList<>();
        for (String type : types) {
            wanted.add(type(type));
        }
        return wanted;
    }

    private static int type(String text) throws UsageException {
        if (text.length() == 3 && text.startsWith("'") && text.endsWith("'")) {
            return text.charAt(1);
        }
        Long number = Quantity.parseInteger(text);
        if (number == null || number < 0 || number > 0xff) {
            throw new UsageException("'" + text + "' is not an attribute type; give a number up to 0xff, or 't'");
        }
        return number.intValue();
    }

    private static byte[] value(String text) throws Exception {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        try {
            return switch (text.substring(0, Math.max(0, colon))) {
                case "hex" -> HEX.parseHex(rest);
                case "text" -> rest.getBytes(StandardCharsets.UTF_8);
                case "file" -> Files.readAllBytes(Path.of(rest));
                default -> throw new UsageException("'" + text + "': write hex:…, text:… or file:…");
            };
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + rest + "' is not hexadecimal: " + e.getMessage());
        }
    }

    private static String hex(int type) {
        return "0x" + Integer.toHexString(type);
    }
}
