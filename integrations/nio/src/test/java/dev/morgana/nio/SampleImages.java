package dev.morgana.nio;

import dev.morgana.spi.Morgana;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.Map;

/** New images in memory, as file systems. */
final class SampleImages {
    /** How an image of each format is made. */
    static final Map<String, String> ADDRESSES = Map.of(
            "littlefs", "littlefs+mem:?size=8MiB&blockSize=4096",
            "ekv-fs", "ekv-fs+mem:?size=8MiB&maxKeySize=250",
            "embedkv", "embedkv+mem:?size=16MiB");

    private SampleImages() {}

    static FileSystem create(String format) throws IOException {
        return MorganaFileSystems.over(Morgana.load().at(ADDRESSES.get(format)).create());
    }
}
