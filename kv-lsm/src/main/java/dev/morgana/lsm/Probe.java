package dev.morgana.lsm;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.Descriptions;
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

/** Recognises ekv by pages that bear its magics and their own numbers. */
final class Probe {
    private Probe() {}

    static Optional<Identification> probe(BlockDevice device) throws StoreException {
        Optional<Evidence> evidence = Evidence.of(device, Optional.empty());
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        Evidence found = evidence.get();
        List<String> words = new ArrayList<>();
        words.add(found.pages() + " pages with magic and number, " + found.pageSize() + " bytes apart");
        words.add(found.crc() ? "meta header with the right checksum" : "meta header without a checksum");
        Opening opening = Opening.ofImage(device, Options.none());
        try {
            Opening.Mounted mounted = opening.mount();
            words.add("it can be mounted");
            return Optional.of(identification(
                    found.crc() ? Confidence.CERTAIN : Confidence.LIKELY,
                    device,
                    mounted.settings().shape(),
                    words));
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            Shape shape = opening.shape();
            return Optional.of(identification(Confidence.POSSIBLE, device, shape, words));
        }
    }

    private static Identification identification(
            Confidence confidence, BlockDevice device, Shape shape, List<String> evidence) {
        Options options = Options.none()
                .with(EkvOptions.PAGE_SIZE, (long) shape.pageSize())
                .with(EkvOptions.MAX_PAGE_COUNT, (long) shape.maxPageCount())
                .with(EkvOptions.ALIGN, (long) shape.align())
                .with(EkvOptions.ERASE_VALUE, Integer.toString(Byte.toUnsignedInt(shape.eraseValue())))
                .with(EkvOptions.CRC, shape.crc())
                .with(EkvOptions.MAX_KEY_SIZE, (long) shape.maxKeySize())
                .with(EkvOptions.MAX_VALUE_SIZE, (long) shape.maxValueSize());
        Geometry own = device.geometry();
        Geometry geometry = own.withUnits(own.readSize(), own.programSize(), shape.pageSize());
        return new Identification(Descriptions.FORMAT, "1", confidence, geometry, options, evidence, List.of());
    }
}
