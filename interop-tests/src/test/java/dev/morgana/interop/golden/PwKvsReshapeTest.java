package dev.morgana.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.pwkvs.Pigweed;
import dev.morgana.pwkvs.PwKvs;
import dev.morgana.pwkvs.PwKvsReshape;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of configuration on every sound image that Pigweed made: the content stays, and the new options open it. */
@Tag("golden")
class PwKvsReshapeTest {
    private static final Path ROOT = Path.of(System.getProperty("morgana.golden", "golden"));

    /** A change of options, with that of the device that goes with it. */
    record Change(String name, Map<String, String> options, int moreSectors) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("three more sectors", Map.of(), 3),
                new Change("two copies", Map.of("redundancy", "2"), 3),
                new Change("one copy", Map.of("redundancy", "1"), 0),
                new Change("alignment raised to 64", Map.of("alignment", "64"), 3),
                new Change("alignment lowered to 16", Map.of("alignment", "16"), 0),
                new Change("another format", Map.of("formats", "0x5e1dc0aa:crc32"), 0));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void keepsTheContentInPlace(Change change) throws StoreException {
        int changed = 0;
        for (GoldenCase golden : GoldenCase.images(ROOT, "pw_kvs")) {
            Fields manifest = golden.readManifest();
            if (manifest.text("expect").equals("ok") && isWholeDevice(manifest.get("options"))) {
                byte[] image = golden.readImage(golden.name() + ".img", manifest.text("image_sha256"));
                changed += inPlace(golden.name(), manifest.get("options"), image, change);
            }
        }
        assertThat(changed).as("images that were changed").isGreaterThan(10);
    }

    /** Lazy and with the alignment of the medium as low as can be, since these images carry no device. */
    private static Options options(JsonNode recorded) {
        return Options.none().plus("flashAlignment", "1").orElse(PwKvsCases.options(recorded));
    }

    /** What Pigweed overlooks, such as bytes behind a log, has to be repaired before. */
    private static boolean isSound(PwKvsDevice device, Options options) throws StoreException {
        try {
            Pigweed.over(device, Options.none().plus("recovery", "manual").orElse(options), false)
                    .init();
            return true;
        } catch (CorruptStoreException e) {
            return false;
        }
    }

    private static boolean isWholeDevice(JsonNode options) {
        return options.get("partitionSectorCount").asInt()
                == options.get("sectorCount").asInt();
    }

    private static int inPlace(String name, JsonNode recorded, byte[] image, Change change) throws StoreException {
        String sectors = Integer.toString(recorded.get("sectorCount").asInt() + change.moreSectors());
        Options before = options(recorded);
        Options sized = Options.none().plus("sectorCount", sectors).plus("partitionSectorCount", sectors);
        Options after = with(change.options()).orElse(sized).orElse(before);
        PwKvsDevice device = device(recorded, image, change.moreSectors());
        if (!isSound(device, before)) {
            return 0;
        }
        Map<String, String> content = content(device, before);
        PwKvsReshape reshape = PwKvsReshape.of(device, before, after);
        byte[] untouched = device.image();
        try {
            reshape.dryRun();
        } catch (NoSpaceException | InvalidOptionException e) {
            assertThat(device.image()).as(name).isEqualTo(untouched);
            return 0; // told before anything was changed
        }
        assertThat(device.image()).as(name).isEqualTo(untouched);
        assertThat(reshape.run().keys()).as(name).isEqualTo(content.size());
        assertThat(content(device, after)).as(name).isEqualTo(content);
        return 1;
    }

    private static Options with(Map<String, String> changed) {
        Options options = Options.none();
        for (Map.Entry<String, String> option : changed.entrySet()) {
            options = options.plus(option.getKey(), option.getValue());
        }
        return options;
    }

    private static PwKvsDevice device(JsonNode recorded, byte[] image, int moreSectors) {
        return new PwKvsDevice(
                recorded.get("sectorSize").asInt(),
                recorded.get("sectorCount").asInt() + moreSectors,
                1,
                (byte) (int) Integer.decode(recorded.get("erasedValue").asText()),
                image);
    }

    /** Opened as Pigweed would, with manual recovery: a store that is not sound fails. */
    private static Map<String, String> content(PwKvsDevice device, Options options) throws StoreException {
        PwKvs kvs =
                Pigweed.over(device, Options.none().plus("recovery", "manual").orElse(options), true);
        kvs.init();
        Map<String, String> content = new TreeMap<>();
        for (PwKvs.Item item : kvs.iterate()) {
            content.put(
                    HexFormat.of().formatHex(item.key()),
                    GoldenCase.sha256(item.value().orElseThrow()));
        }
        return content;
    }

    @ParameterizedTest
    @MethodSource("sectorSizes")
    void keepsTheContentInSectorsOfAnotherSize(int sectorSize) throws StoreException {
        int converted = 0;
        for (GoldenCase golden : GoldenCase.images(ROOT, "pw_kvs")) {
            Fields manifest = golden.readManifest();
            JsonNode recorded = manifest.get("options");
            if (manifest.text("expect").equals("ok")
                    && recorded.get("sectorSize").asInt() < sectorSize) {
                byte[] image = golden.readImage(golden.name() + ".img", manifest.text("image_sha256"));
                PwKvsDevice source = device(recorded, image, 0);
                PwKvsDevice target = new PwKvsDevice(sectorSize, 16, 16, (byte) 0xff, new byte[0]);
                Options before = options(recorded);
                if (!isSound(source, before)) {
                    continue;
                }
                Options after = with(Map.of("sectorSize", Integer.toString(sectorSize)));
                Map<String, String> content = content(source, before);
                PwKvsReshape.conversion(source, before, target, after).run();
                assertThat(content(target, after)).as(golden.name()).isEqualTo(content);
                converted++;
            }
        }
        assertThat(converted).as("images that were converted").isGreaterThan(5);
    }

    static List<Integer> sectorSizes() {
        return List.of(2048, 8192);
    }
}
