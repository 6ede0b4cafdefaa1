package dev.morgana.lsm;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.Descriptions;
import dev.morgana.lsm.store.FileDescriptions;
import dev.morgana.lsm.tree.Evidence;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recognises ekv by pages that bear its magics and their own numbers, and ekv-fs by keys in it that make files. Where there are
 * files ekv-fs has the better claim, though the image is one of ekv all the same.
 */
final class Probe {
    private final BlockDevice device;
    private final Evidence evidence;

    private Probe(BlockDevice device, Evidence evidence) {
        this.device = device;
        this.evidence = evidence;
    }

    /** Looks whether a device holds ekv at all: not, if a header that its checksum proves tells of more pages than there are. */
    static Optional<Probe> of(BlockDevice device) throws StoreException {
        return Evidence.of(device, Optional.empty())
                .filter(found -> !found.crc()
                        || found.pageCount() * found.pageSize()
                                <= device.geometry().sizeBytes())
                .map(found -> new Probe(device, found));
    }

    private Confidence whole() {
        return evidence.crc() ? Confidence.CERTAIN : Confidence.LIKELY;
    }

    /** What speaks for a database. */
    Identification database() throws StoreException {
        List<String> words = words();
        Optional<FileSample> files = FileSample.of(device);
        if (files.isPresent() && files.get().hasFiles()) {
            words.add("it can be mounted");
            Confidence lower = evidence.crc() ? Confidence.LIKELY : Confidence.POSSIBLE;
            return identification(Descriptions.FORMAT, "1", lower, files.get().shape(), words);
        }
        Opening opening = Opening.ofImage(device, Options.none());
        try {
            Shape shape = opening.mount().settings().shape();
            words.add("it can be mounted");
            return identification(Descriptions.FORMAT, "1", whole(), shape, words);
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            return identification(Descriptions.FORMAT, "1", Confidence.POSSIBLE, opening.shape(), words);
        }
    }

    /** What speaks for files. A database without any key may be about to hold some. */
    Optional<Identification> files() throws StoreException {
        Optional<FileSample> sample = FileSample.of(device);
        if (sample.isEmpty() || !(sample.get().hasFiles() || sample.get().isEmpty())) {
            return Optional.empty();
        }
        List<String> words = words();
        words.add("files: " + sample.get().files() + " of " + sample.get().seen() + " looked at");
        Confidence confidence = sample.get().isEmpty() ? Confidence.POSSIBLE : whole();
        return Optional.of(identification(
                FileDescriptions.FORMAT, "", confidence, sample.get().shape(), words));
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(evidence.pages() + " pages with magic and number, " + evidence.pageSize() + " bytes apart");
        words.add(evidence.crc() ? "meta header with the right checksum" : "meta header without a checksum");
        return words;
    }

    private Identification identification(
            String format, String version, Confidence confidence, Shape shape, List<String> words) {
        Options options = Options.none()
                .with(EkvOptions.PAGE_SIZE, (long) shape.pageSize())
                .with(EkvOptions.MAX_PAGE_COUNT, (long) shape.maxPageCount())
                .with(EkvOptions.ALIGN, (long) shape.align())
                .with(EkvOptions.ERASE_VALUE, EraseValue.of(shape.eraseValue()))
                .with(EkvOptions.CRC, shape.crc())
                .with(EkvOptions.MAX_KEY_SIZE, (long) shape.maxKeySize())
                .with(EkvOptions.MAX_VALUE_SIZE, (long) shape.maxValueSize());
        Geometry own = device.geometry();
        Geometry geometry = own.withUnits(own.readSize(), own.programSize(), shape.pageSize());
        return new Identification(format, version, confidence, geometry, options, words, List.of());
    }
}
