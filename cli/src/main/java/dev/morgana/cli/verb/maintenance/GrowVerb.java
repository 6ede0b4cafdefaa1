package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.facet.Growth;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "grow",
        description = "Makes an image larger, with all that is in it.",
        footer = {
            "",
            "The file is made longer first; an interruption leaves the image as it was.",
            "Example: morgana grow image.bin 2M"
        })
final class GrowVerb extends ChangingVerb {
    private static final int ERASED = 0xff;
    private static final int CHUNK = 1 << 16;

    @Mixin
    private final WholeImage image = new WholeImage();

    @Parameters(index = "1", paramLabel = "SIZE", description = "its new size, such as 2M")
    private String size = "";

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        Long bytes = Quantity.parseSize(size);
        if (bytes == null || bytes == 0) {
            throw new UsageException("'" + size + "' is not a size; write 64K, 1MiB, 0x10000, ...");
        }
        Geometry geometry = geometry(address);
        int blockSize = geometry.blockSize();
        if (bytes % blockSize != 0) {
            throw new UsageException(size + " is not a multiple of the block size, " + Sizes.of(blockSize));
        }
        if (bytes < geometry.sizeBytes()) {
            throw new UsageException(
                    size + " is smaller than the image, " + Sizes.of(geometry.sizeBytes()) + "; see convert");
        }
        Path file = Path.of(address.part());
        if (!isDryRun() && Files.isRegularFile(file)) {
            lengthen(file, bytes, geometry.erased());
        }
        if (!isDryRun()) {
            // not as the session opens images: the bytes that were just added after this one need no note
            try (Store store =
                    session().morgana().at(session().withClock(address)).openStore()) {
                store.facet(Growth.class).orElseThrow().grow(bytes / blockSize);
            }
        }
        tell(output, "grown " + image.name() + " to " + Sizes.of(bytes));
        return ExitCode.DONE;
    }

    /** Everything that can be wrong is found before the file is touched, so it is opened for writing. */
    private Geometry geometry(StoreAddress address) throws Exception {
        try (Store store = openStore(address)) {
            if (store.facet(Growth.class).isEmpty()) {
                throw new UsageException(store.info().format() + " cannot grow in place; see convert");
            }
            return store.info().geometry();
        }
    }

    private static void lengthen(Path file, long size, ErasedState state) throws IOException {
        byte[] erased = new byte[CHUNK];
        Arrays.fill(erased, (byte) state.byteValue().orElse(ERASED));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (channel.size() < size) {
                int length = (int) Math.min(CHUNK, size - channel.size());
                channel.write(ByteBuffer.wrap(erased, 0, length), channel.size());
            }
            channel.force(true);
        }
    }
}
