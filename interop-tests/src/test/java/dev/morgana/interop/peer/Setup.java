package dev.morgana.interop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A format with its options and the size of its images, for both sides.
 *
 * @param format the format's id
 * @param name the geometry's name in the report
 * @param options options in the words of the golden data, all of which the peer takes
 * @param ours those of them that our provider is given
 * @param imageSize bytes of each image
 * @param images how many images, replicas of one store
 * @param erased the byte that fills a fresh image
 */
record Setup(
        String format,
        String name,
        Map<String, Object> options,
        List<String> ours,
        int imageSize,
        int images,
        int erased) {

    @Override
    public String toString() {
        return name;
    }

    /** This set-up by another name. */
    Setup named(String other) {
        return new Setup(format, other, options, ours, imageSize, images, erased);
    }

    JsonNode json() {
        return new ObjectMapper().valueToTree(options);
    }

    /** Fresh images in a folder. */
    List<Path> create(Path folder) {
        byte[] blank = new byte[imageSize];
        Arrays.fill(blank, (byte) erased);
        List<Path> files = new ArrayList<>();
        try {
            for (int i = 0; i < images; i++) {
                files.add(Files.write(folder.resolve("image" + i), blank));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The address under which we open the images. */
    String address(List<Path> files) {
        String replicas = files.stream().skip(1).map(file -> "&replica=" + file).collect(Collectors.joining());
        return format + "+file:" + files.get(0) + "?"
                + ours.stream().map(name -> name + "=" + options.get(name)).collect(Collectors.joining("&")) + replicas;
    }
}
