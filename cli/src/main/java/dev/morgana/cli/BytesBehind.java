package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a file holds behind its image, such as the end of a line that a terminal program has added to a dump. */
final class BytesBehind {
    private BytesBehind() {}

    /** How many bytes nobody reads; 0 where the length was given, or the medium is no file. */
    static long of(StoreAddress address, Geometry image) {
        if (address.options().asText().containsKey("length")) {
            return 0;
        }
        try {
            Path file = Path.of(address.part());
            Long offset = Quantity.parseSize(address.options().asText().getOrDefault("offset", "0"));
            return Files.isRegularFile(file) && offset != null
                    ? Math.max(0, Files.size(file) - offset - image.sizeBytes())
                    : 0;
        } catch (IOException | InvalidPathException e) {
            return 0; // no file of this system
        }
    }
}
