package com.example.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images on devices of other geometries than they were made on: files know no blocks, and parts are larger than images. */
class GeometryTest {
    private static final byte[] KEY = {'k'};
    private static final Geometry MADE = new Geometry(1, 1, 512, 24, ErasedState.ONES);

    private final ToyProvider provider = new ToyProvider();

    private byte[] image(int changes) throws StoreException {
        RamDevice device = RamDevice.erased(MADE);
        provider.format(List.<BlockDevice>of(device), Options.none());
        byte[] image = device.image();
        for (int i = 0; i < changes; i++) {
            device = RamDevice.of(MADE, image);
            try (FlatStore store = (FlatStore) provider.open(List.<BlockDevice>of(device), Options.none())) {
                store.put(KEY, new byte[] {(byte) i});
                image = device.image();
            }
        }
        return image;
    }

    private byte[] value(byte[] image, Geometry geometry, Options options) throws StoreException {
        RamDevice device = RamDevice.of(geometry, Arrays.copyOf(image, (int) geometry.sizeBytes()));
        assertThat(provider.probe(List.of(device))).isPresent();
        try (FlatStore store = (FlatStore) provider.open(List.of(device), options)) {
            return store.get(KEY).orElseThrow();
        }
    }

    /** Whichever half counts, and whichever header can be read. */
    @Test
    void otherBlocksAndALargerDeviceShowTheSame() throws StoreException {
        for (int changes = 1; changes <= 3; changes++) {
            byte[] image = image(changes);
            for (Geometry other : List.of(
                    MADE,
                    new Geometry(1, 1, 4096, 3, ErasedState.ONES),
                    new Geometry(1, 1, 512, 64, ErasedState.ONES))) {
                for (Options options : List.of(Options.none(), Options.none().with(ToyProvider.BLOCK_SIZE, 512L))) {
                    assertThat(value(image, other, options)).containsExactly(changes - 1);
                }
            }
        }
    }

    @Test
    void eitherHeaderIsEnough() throws StoreException {
        byte[] image = image(3);
        for (int half = 0; half < 2; half++) {
            byte[] damaged = image.clone();
            Arrays.fill(damaged, half * 512, half * 512 + 28, (byte) 0x55);
            assertThat(value(damaged, new Geometry(1, 1, 4096, 3, ErasedState.ONES), Options.none()))
                    .containsAnyOf((byte) 1, (byte) 2);
        }
    }
}
