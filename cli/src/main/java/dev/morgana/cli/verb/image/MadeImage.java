package dev.morgana.cli.verb.image;

import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;

/**
 * What was made.
 *
 * @param image its name
 * @param made what it is, and holds
 * @param use what must be known to use it
 */
record MadeImage(String image, NewImage.Made made, ImageUse use) {
    void report(Output output, boolean dryRun) throws IOException {
        StoreInfo info = made.info();
        ContentCount content = made.content();
        Geometry geometry = info.geometry();
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartObject();
                json.writeStringField("image", image);
                json.writeStringField("format", info.format());
                json.writeStringField("version", info.version());
                json.writeNumberField("blockSize", geometry.blockSize());
                json.writeNumberField("blockCount", geometry.blockCount());
                json.writeNumberField("values", content.values());
                json.writeNumberField("dictionaries", content.dictionaries());
                json.writeNumberField("bytes", content.bytes());
                json.writeBooleanField("dryRun", dryRun);
                use.write(json);
                json.writeEndObject();
            });
            return;
        }
        output.note((dryRun ? "would make " : "") + image + ": " + (info.format() + " " + info.version()).strip() + ", "
                + geometry.blockCount() + " blocks of " + Sizes.of(geometry.blockSize()) + " ("
                + Sizes.of(geometry.sizeBytes()) + ")");
        output.note(Counts.of(content.values(), "value") + ", "
                + Counts.of(content.dictionaries(), "dictionary", "dictionaries") + ", " + Sizes.of(content.bytes()));
        use.tell(output);
    }
}
