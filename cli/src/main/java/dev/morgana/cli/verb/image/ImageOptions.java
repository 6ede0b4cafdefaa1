package dev.morgana.cli.verb.image;

import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.provider.StoreProvider;
import java.util.List;

/** Options of a new image: size and units, in words that hold for every format. */
final class ImageOptions {
    private static final List<String> BLOCK = List.of("blockSize", "pageSize", "sectorSize");
    private static final List<String> PROGRAM = List.of("progSize", "align", "alignment");
    private static final List<String> READ = List.of("readSize");

    @picocli.CommandLine.Option(
            names = {"-s", "--size"},
            paramLabel = "SIZE",
            description =
                    "size of the image, such as 64K, 1MiB, 0x10000; by default a power of two that holds the input")
    private String size = "";

    @picocli.CommandLine.Option(
            names = {"-b", "--block-size"},
            paramLabel = "SIZE",
            description = "size of a block, page or sector")
    private String block = "";

    @picocli.CommandLine.Option(
            names = {"-p", "--prog-size"},
            paramLabel = "SIZE",
            description = "unit of programming")
    private String program = "";

    @picocli.CommandLine.Option(
            names = {"-r", "--read-size"},
            paramLabel = "SIZE",
            description = "unit of reading")
    private String read = "";

    @picocli.CommandLine.Option(names = "--fit", description = "make the smallest image that holds the input")
    private boolean fit;

    @picocli.CommandLine.Option(names = "--force", description = "replace the image if it exists")
    private boolean force;

    boolean isFit() {
        return fit;
    }

    boolean isForced() {
        return force;
    }

    /** The address with these options, in the words of its format. */
    StoreAddress applyTo(StoreAddress address, StoreProvider format) throws UsageException {
        Options options = Options.none();
        options = with(options, "--size", List.of("size"), size, format);
        options = with(options, "--block-size", BLOCK, block, format);
        options = with(options, "--prog-size", PROGRAM, program, format);
        options = with(options, "--read-size", READ, read, format);
        return address.with(options);
    }

    private static Options with(Options options, String word, List<String> names, String value, StoreProvider format)
            throws UsageException {
        if (value.isEmpty()) {
            return options;
        }
        Long bytes = Quantity.parseSize(value);
        if (bytes == null || bytes == 0) {
            throw new UsageException(word + " " + value + ": is not a size; write 64K, 1MiB, 0x10000, ...");
        }
        String name = names.stream()
                .filter(candidate -> isDeclared(format, candidate))
                .findFirst()
                .orElse(names.get(0)); // the driver's, which every driver for images declares
        return options.plus(name, String.valueOf(bytes));
    }

    private static boolean isDeclared(StoreProvider format, String name) {
        return format.options().stream().map(Option::name).anyMatch(name::equals);
    }
}
