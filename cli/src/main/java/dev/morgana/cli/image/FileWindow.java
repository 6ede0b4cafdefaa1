package dev.morgana.cli.image;

import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.option.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The part of a file that an address names by its options {@code offset} and {@code length}.
 *
 * @param offset where it begins, in bytes from the start of the file
 * @param length its bytes; empty where it goes on to the end of the file
 */
public record FileWindow(long offset, OptionalLong length) {
    private static final String OFFSET = "offset";
    private static final String LENGTH = "length";

    /** The window of an address. */
    public static FileWindow of(StoreAddress address) throws UsageException {
        Map<String, String> options = address.options().asText();
        OptionalLong length =
                options.containsKey(LENGTH) ? OptionalLong.of(size(options.get(LENGTH))) : OptionalLong.empty();
        return new FileWindow(size(options.getOrDefault(OFFSET, "0")), length);
    }

    private static long size(String text) throws UsageException {
        Long bytes = Quantity.parseSize(text);
        if (bytes == null) {
            throw new UsageException(text + " is not a size");
        }
        return bytes;
    }

    /** The options that name a window. */
    public static Options options(long offset, long length) {
        return Options.none().plus(OFFSET, Long.toString(offset)).plus(LENGTH, Long.toString(length));
    }

    /** The end of the window in a file of a size. */
    public long end(long fileSize) {
        return length.isPresent() ? Math.min(fileSize, offset + length.getAsLong()) : fileSize;
    }

    /**
     * How many bytes follow an image in its file, such as the end of a line that a terminal program has added to a dump; 0 where
     * the length was given, or the medium is not a file.
     */
    public static long trailingBytes(StoreAddress address, Geometry image) {
        try {
            FileWindow window = of(address);
            Path file = Path.of(address.part());
            return window.length.isEmpty() && Files.isRegularFile(file)
                    ? Math.max(0, Files.size(file) - window.offset - image.sizeBytes())
                    : 0;
        } catch (IOException | InvalidPathException | UsageException e) {
            return 0; // not a file of this system
        }
    }
}
