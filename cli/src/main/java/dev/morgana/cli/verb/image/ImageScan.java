package dev.morgana.cli.verb.image;

import dev.morgana.cli.image.FileWindow;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for images within a larger file, such as the dump of a whole chip: at every multiple of 4 KiB, the smallest erase block of
 * common flash chips, from where the address begins. After an image that was found the search goes on past its end. What is
 * merely possible is not taken.
 */
final class ImageScan {
    private static final long STEP = 4096;

    private final Morgana morgana;
    private final StoreAddress address;
    private final long begin;
    private final long end;

    private ImageScan(Morgana morgana, StoreAddress address, long begin, long end) {
        this.morgana = morgana;
        this.address = address;
        this.begin = begin;
        this.end = end;
    }

    /** Prepares the search in what an address names. */
    static ImageScan of(Morgana morgana, StoreAddress address) throws IOException, UsageException {
        Path file = Path.of(address.part());
        if (!Files.isRegularFile(file)) {
            throw new UsageException(address.part() + ": is not a file, and --scan looks through files only");
        }
        FileWindow window = FileWindow.of(address);
        return new ImageScan(morgana, address, window.offset(), window.end(Files.size(file)));
    }

    /** The images by their offsets in the file, in bytes, in rising order. */
    Map<Long, List<Identification>> run() throws StoreException {
        Map<Long, List<Identification>> found = new LinkedHashMap<>();
        long offset = begin;
        while (offset < end) {
            List<Identification> here =
                    morgana.at(address).options(FileWindow.options(offset, end - offset)).identify().stream()
                            .filter(one -> one.confidence() != Confidence.POSSIBLE)
                            .toList();
            if (here.isEmpty()) {
                offset += STEP;
            } else {
                found.put(offset, here);
                long past = offset + here.get(0).geometry().sizeBytes();
                offset += (past - offset + STEP - 1) / STEP * STEP;
            }
        }
        return found;
    }
}
