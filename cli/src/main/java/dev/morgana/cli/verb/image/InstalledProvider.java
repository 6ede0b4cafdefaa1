package dev.morgana.cli.verb.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.DeclaredOptions;
import dev.morgana.cli.output.Output;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.provider.BlockLayerProvider;
import dev.morgana.spi.provider.StoreLayerProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One provider that is installed, as {@code formats} and {@code drivers} show it.
 *
 * @param kind the JSON field of its name
 * @param name its name in addresses
 * @param description what it is, in one line
 * @param remark what follows the description for people; empty for nothing
 * @param fields further JSON fields, texts or booleans
 * @param options what it declares
 */
record InstalledProvider(
        String kind,
        String name,
        String description,
        String remark,
        Map<String, Object> fields,
        List<Option<?>> options) {
    static InstalledProvider of(StoreLayerProvider layer) {
        return layer(layer.layer(), layer.description(), layer.options());
    }

    static InstalledProvider of(BlockLayerProvider layer) {
        return layer(layer.layer(), layer.description(), layer.options());
    }

    private static InstalledProvider layer(String name, String description, List<Option<?>> options) {
        return new InstalledProvider("layer", name, description, "", Map.of(), options);
    }

    void print(Output output) {
        String layer = kind.equals("layer") ? "layer: " : "";
        output.text().println(output.styled("bold", name) + "  " + layer + description + remark);
        DeclaredOptions.print(output, options);
    }

    /** The fields of one object. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField(kind, name);
        json.writeStringField("description", description);
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            json.writeObjectField(field.getKey(), field.getValue());
        }
        DeclaredOptions.write(json, options);
    }
}
