package dev.morgana.interop.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A probe answers for every file, whatever its size and content: it finds something or nothing, and throws nothing. */
class ProbesTest {
    private static final Path FIELD = Path.of("golden", "field");
    private static final int EVERY_SIZE_UP_TO = 260;

    @TempDir
    private Path folder;

    private static List<StoreProvider> formats() {
        List<StoreProvider> formats = ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(format -> format.getClass().getName().startsWith("dev.morgana."))
                .toList();
        assertThat(formats).hasSizeGreaterThan(4);
        return formats;
    }

    private void probeAll(byte[] content, String what) throws IOException {
        Path file = folder.resolve("any");
        Files.write(file, content);
        for (StoreProvider format : formats()) {
            try (BlockDevice device = new FileDriver().open(file.toString(), AccessMode.READ_ONLY, Options.none())) {
                format.probe(List.of(device));
            } catch (IOException | RuntimeException | StackOverflowError e) {
                throw new AssertionError(format.format() + " on " + what + " of " + content.length + " bytes: " + e, e);
            }
        }
        assertThat(file).as("a probe reads only").hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven-bytes.bin", "eight-bytes.bin", "ekv-5688-bytes.img", "pw_kvs-three-values.img"})
    void ofTheFieldAnswer(String name) throws IOException {
        probeAll(Files.readAllBytes(FIELD.resolve(name)), name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0xff, 0x41})
    void ofEverySmallSizeAnswer(int value) throws IOException {
        for (int size = 1; size <= EVERY_SIZE_UP_TO; size++) {
            byte[] content = new byte[size];
            Arrays.fill(content, (byte) value);
            probeAll(content, "bytes " + value);
        }
    }

    @Test
    void ofOddSizesWithRandomBytesAnswer() throws IOException {
        Random random = new Random(8);
        for (int round = 0; round < 150; round++) {
            byte[] content = new byte[1 + random.nextInt(1 << (1 + random.nextInt(14)))];
            random.nextBytes(content);
            probeAll(content, "random bytes, round " + round);
        }
    }

    /** One image of each format that the golden data hold as plain files or packed ones. */
    static Stream<Path> images() {
        List<Path> images = new ArrayList<>();
        for (String name : List.of("ekv-5688-bytes.img", "pw_kvs-three-values.img")) {
            images.add(FIELD.resolve(name));
        }
        return images.stream();
    }

    @ParameterizedTest
    @MethodSource("images")
    void ofPiecesOfImagesAnswer(Path image) throws IOException {
        byte[] whole = Files.readAllBytes(image);
        Random random = new Random(9);
        for (int round = 0; round < 120; round++) {
            int from = round % 3 == 0 ? random.nextInt(whole.length / 2) : 0;
            byte[] content = Arrays.copyOfRange(whole, from, from + 1 + random.nextInt(whole.length - from));
            for (int change = random.nextInt(12); change > 0; change--) {
                content[random.nextInt(Math.min(content.length, 96))] = (byte) random.nextInt(256);
            }
            probeAll(content, image.getFileName() + " cut and changed, round " + round);
        }
    }
}
