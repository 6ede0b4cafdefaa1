package dev.morgana.littlefs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * An image that another program wrote, and what must be read from it; see {@code images/README.md} among the resources.
 *
 * @param name its name
 * @param bytes the raw image
 * @param facts {@code expect}, {@code blockSize}, {@code blockCount}, {@code progSize}
 * @param entries what must be visible
 */
record TestImage(String name, byte[] bytes, Map<String, String> facts, List<Expected> entries) {
    private static final String FOLDER = "images/";
    private static final String CHAMELON = "chamelon-";

    /** Every image. */
    public static final List<String> NAMES = List.of(
            "one-inline-attr",
            "one-inline-attr-v20",
            "odd-splices",
            "name-order",
            "cut-move-2",
            "cut-relocate-3",
            "cut-mkdir-split-2",
            "attrs",
            "wear-chain",
            "odd-unreadable",
            "bad-ctz-pointer",
            "bad-tail-loop",
            "split-thinned",
            "fresh-b528-p48-v21",
            "chamelon-times",
            "chamelon-stale-1",
            "chamelon-nested-big",
            "chamelon-bad-one-copy",
            "chamelon-w-basic");

    /** An entry; the size is -1 for a directory. */
    public record Expected(Key key, long size, String sha256, Map<Integer, String> attributes) {
        public boolean isDirectory() {
            return size < 0;
        }
    }

    /** Loads an image. */
    public static TestImage load(String name) {
        try (InputStream image = resource(name + ".img.gz");
                InputStream text = resource(name + ".txt")) {
            byte[] bytes = new GZIPInputStream(image).readAllBytes();
            Map<String, String> facts = new TreeMap<>();
            List<Expected> entries = new ArrayList<>();
            for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                parse(line, facts, entries);
            }
            return new TestImage(name, bytes, facts, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(TestImage.class.getResourceAsStream(FOLDER + name), name);
    }

    private static void parse(String line, Map<String, String> facts, List<Expected> entries) {
        String[] columns = line.split("\t");
        switch (columns[0]) {
            case "dir" -> entries.add(new Expected(key(columns[1]), -1, "", attributes(columns, 2)));
            case "file" ->
                entries.add(
                        new Expected(key(columns[1]), Long.parseLong(columns[2]), columns[3], attributes(columns, 4)));
            default -> {
                if (!line.startsWith("#")) {
                    facts.put(columns[0], columns[1]);
                }
            }
        }
    }

    private static Key key(String path) {
        return path.startsWith("hex:") ? Key.ofBytes(HexFormat.of().parseHex(path.substring(4))) : Key.of(path);
    }

    private static Map<Integer, String> attributes(String[] columns, int column) {
        Map<Integer, String> attributes = new TreeMap<>();
        if (columns.length > column) {
            for (String attribute : columns[column].split(" ")) {
                String[] parts = attribute.split("=", -1);
                attributes.put(Integer.valueOf(parts[0]), parts[1]);
            }
        }
        return attributes;
    }

    /** Whether opening or at the latest a check must fail. */
    public boolean isCorrupt() {
        return "corrupt".equals(facts.get("expect"));
    }

    /** In bytes. */
    public int blockSize() {
        return Integer.parseInt(facts.get("blockSize"));
    }

    /** The number of blocks. */
    public int blockCount() {
        return Integer.parseInt(facts.get("blockCount"));
    }

    /** Options to read it; the block size is left to be found. */
    public Options options() {
        Options options = Options.none().with(CommonOptions.READ_ONLY, true);
        return name.startsWith(CHAMELON) ? options.with(LittleFsOptions.DIALECT, LittleFsDialect.CHAMELON) : options;
    }

    /** A device that knows nothing of the file system on it. */
    public RamDevice device() {
        return device(bytes);
    }

    /** Such a device with other bytes on it. */
    public static RamDevice device(byte[] bytes) {
        return RamDevice.of(new Geometry(1, 1, 1, bytes.length, ErasedState.ONES), bytes);
    }

    /** The same image with some bytes replaced. */
    public TestImage with(int offset, byte... replacement) {
        byte[] changed = bytes.clone();
        System.arraycopy(replacement, 0, changed, offset, replacement.length);
        return new TestImage(name, changed, facts, entries);
    }

    /** The same image with a range filled. */
    public TestImage filled(int from, int to, int value) {
        byte[] changed = bytes.clone();
        Arrays.fill(changed, from, to, (byte) value);
        return new TestImage(name, changed, facts, entries);
    }

    /** The beginning of the image. */
    public TestImage cutTo(int length) {
        return new TestImage(name, Arrays.copyOf(bytes, length), facts, entries);
    }

    /** Devices as providers take them. */
    public List<BlockDevice> devices() {
        return List.of(device());
    }

    @Override
    public String toString() {
        return name;
    }
}
