package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Images of littlefs with the limits of chamelon and a time beside each file are littlefs, in whatever state their log is. */
class ChamelonHintTest {
    private static final int BLOCK_SIZE = 512;
    private static final int BLOCKS = 64;
    private static final int CHANGES = 150;

    @Test
    void littlefsWithTheSameLimitsIsNoWorkOfChamelon() throws Exception {
        Options options = Options.none()
                .with(LittleFsOptions.BLOCK_SIZE, (long) BLOCK_SIZE)
                .with(LittleFsOptions.NAME_MAX, 32L)
                .plus("diskVersion", "2.0");
        byte[] erased = new byte[BLOCK_SIZE * BLOCKS];
        RamDevice formatted = TestImage.device(erased);
        LittleFs.format(formatted, options);
        byte[] image = formatted.image();
        Random random = new Random(4);
        int compacted = 0;
        for (int change = 0; change < CHANGES; change++) {
            RamDevice device = TestImage.device(image);
            try (KeyValueStore store = Stores.open(device, options)) {
                Key key = Key.of("file" + random.nextInt(5));
                store.set(key, new byte[random.nextInt(30)]);
                store.facet(UserAttributes.class).orElseThrow().set(key, 't', new byte[12]);
            }
            boolean other = image[0] != device.image()[0] || image[BLOCK_SIZE] != device.image()[BLOCK_SIZE];
            compacted += other ? 1 : 0;
            image = device.image();
            assertThat(new LittleFsProvider().probe(List.of(TestImage.device(image))))
                    .hasValueSatisfying(found -> assertThat(found.hints()).isEmpty());
        }
        assertThat(compacted).isGreaterThan(5);
    }
}
