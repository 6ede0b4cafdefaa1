package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import dev.morgana.tck.device.RamDevice;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An image that was just formatted has one page, and the driver's block size need not be its page size. The number of pages and
 * the size of the image tell it.
 */
class FreshImageTest {
    private static final int DRIVER_BLOCK = 4096;

    static Stream<Arguments> images() {
        return IntStream.of(256, 512, 1024, 2048, 4096, 8192, 16384)
                .boxed()
                .flatMap(pageSize -> Stream.of(false, true)
                        .flatMap(crc -> Stream.of(4, 8, 16)
                                .flatMap(align -> Stream.of(new EkvProvider(), new EkvFsProvider())
                                        .map(format -> Arguments.of(format.format(), format, pageSize, crc, align)))));
    }

    private static Options options(int pageSize, boolean crc, int align) {
        return Options.none()
                .with(EkvOptions.PAGE_SIZE, (long) pageSize)
                .with(EkvOptions.CRC, crc)
                .with(EkvOptions.ALIGN, (long) align);
    }

    private static RamDevice formatted(StoreProvider provider, int size, Options options) throws StoreException {
        RamDevice made = RamDevice.erased(new Geometry(1, 1, DRIVER_BLOCK, size / DRIVER_BLOCK, ErasedState.ONES));
        provider.format(List.of(made), options);
        return made;
    }

    private static void expectPages(StoreProvider provider, RamDevice image, int pageSize, int pages)
            throws StoreException {
        Identification found = provider.probe(List.of(image)).orElseThrow();
        assertThat(found.geometry().blockSize()).isEqualTo(pageSize);
        try (Store store = provider.open(List.of(image), Options.none())) {
            StoreInfo info = store.info();
            assertThat(info.geometry().blockSize()).isEqualTo(pageSize);
            assertThat(info.geometry().blockCount()).isEqualTo(pages);
        }
    }

    @ParameterizedTest(name = "{0}, pages of {2}, crc {3}, align {4}")
    @MethodSource("images")
    void opensByItself(String name, StoreProvider format, int pageSize, boolean crc, int align) throws StoreException {
        int size = 1 << 20;
        RamDevice image = formatted(format, size, options(pageSize, crc, align));
        expectPages(format, image, pageSize, size / pageSize);
    }

    /** Page sizes that nobody would try, and whose pages do not fill the last block of the driver. */
    @ParameterizedTest(name = "pages of {0}")
    @org.junit.jupiter.params.provider.ValueSource(ints = {640, 1000})
    void soDoesOneOfAnUnusualSize(int pageSize) throws StoreException {
        int size = 64 * DRIVER_BLOCK;
        RamDevice image = formatted(new EkvProvider(), size, options(pageSize, false, 4));
        expectPages(new EkvProvider(), image, pageSize, size / pageSize);
    }
}
