package dev.morgana.interop.golden;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The repository's golden images, for tests of other things than how they are read. */
public final class GoldenImages {
    private static final Map<String, Image> LOADED = new ConcurrentHashMap<>();

    private GoldenImages() {}

    /** An image, which nobody may change. */
    public record Image(byte[] bytes, int blockSize) {}

    /** An image of littlefs by the name of its case. */
    public static Image littlefs(String name) {
        return LOADED.computeIfAbsent(name, GoldenImages::load);
    }

    private static Image load(String name) {
        GoldenCase golden = new GoldenCase("littlefs", name, Path.of("golden/littlefs/images/" + name + ".json"));
        Fields manifest = golden.readManifest();
        byte[] bytes = golden.readImage(name + ".img", manifest.text("image_sha256"));
        return new Image(bytes, manifest.get("options").get("blockSize").asInt());
    }
}
