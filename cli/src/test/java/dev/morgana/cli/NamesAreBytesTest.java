package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.exchange.host.NativeName;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.ReadableStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are no text go in and come out byte for byte, from folders and archives, into trees and flat stores. */
@DisabledOnOs({OS.WINDOWS, OS.MAC})
class NamesAreBytesTest {
    private static final Path FIELD = Path.of("..", "interop-tests", "golden", "field");

    /** Two that differ in one byte alone, one that is text, one that is Latin-1 for another one, one that is long. */
    private static final String[] NAMES = {"6eff", "6efe", "c3a9", "e9", "ff".repeat(120), "61".repeat(120)};

    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void nameTheImage() {
        image = folder.resolve("image.bin").toString();
    }

    /** A folder with a file of each name, in a folder of the first name; the content is the name in hex. */
    private Path files() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("files").resolve(path("6eff")));
        for (String name : NAMES) {
            Files.writeString(inner.resolve(path(name)), name);
        }
        return folder.resolve("files");
    }

    private static Path path(String hex) throws IOException {
        return NativeName.path(HexFormat.of().parseHex(hex));
    }

    private void assertImageHoldsAll() throws IOException {
        try (ReadableStore store = Morgana.load().openReadOnly(image)) {
            Key parent = Key.ROOT.child(HexFormat.of().parseHex("6eff"));
            for (String name : NAMES) {
                assertThat(new String(
                                store.get(parent.child(HexFormat.of().parseHex(name))), StandardCharsets.US_ASCII))
                        .isEqualTo(name);
            }
            try (var entries = store.list(parent)) {
                assertThat(entries).hasSize(NAMES.length);
            }
        }
    }

    private Command make(String format, Path source) {
        return Command.run("create", format, image, "-s", "256K", source.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "embedkv", "reference"})
    void fromAFolderAndBack(String format) throws IOException {
        Command made = Command.run("create", format, image, "-s", "256K", files() + "/");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains(NAMES.length + " values, 1 dictionary");
        assertImageHoldsAll();
        Path out = folder.resolve("out");
        assertThat(Command.run("export", image, out.toString()).err()).isEmpty();
        for (String name : NAMES) {
            assertThat(out.resolve(path("6eff")).resolve(path(name))).hasContent(name);
        }
    }

    @Test
    void importAndPutTakeTheHostsBytesAndGetGivesThem() throws IOException {
        assertThat(Command.run("create", "reference", image, "-s", "256K").code())
                .isZero();
        assertThat(Command.run("import", image, files() + "/").err()).isEmpty();
        assertImageHoldsAll();
        assertThat(Command.run("ls", image + ":/n\\xff").out()).contains("n\\xfe\n", "n\\xff\n", "é\n", "\\xe9\n");
        Path target = Files.createDirectory(folder.resolve("target"));
        assertThat(Command.run("get", image + ":/n\\xff/n\\xfe", target.toString())
                        .err())
                .isEmpty();
        assertThat(target.resolve(path("6efe"))).hasContent("6efe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.tar", "out.tar.gz"})
    void throughATarAndBack(String archive) throws IOException {
        assertThat(Command.run("create", "reference", image, "-s", "256K", files() + "/")
                        .code())
                .isZero();
        Path tar = folder.resolve(archive);
        assertThat(Command.run("export", image, tar.toString()).err()).isEmpty();
        Files.delete(Path.of(image));
        assertThat(make("littlefs", tar).err()).isEmpty();
        assertImageHoldsAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv", "embedkv", "reference"})
    void bothEntriesOfTheFieldArchiveGoIn(String format) throws IOException {
        Command made = make(format, FIELD.resolve("names-not-utf8.tar"));
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains("2 values, 0 dictionaries, 6 B");
        assertThat(Command.run("cat", image + ":/n\\xff").out()).isEqualTo("one");
        assertThat(Command.run("cat", image + ":/n\\xfe").out()).isEqualTo("two");
    }

    /** An entry of a tar in its oldest form, made by hand so that no writer has a say in its names. */
    private static byte[] entry(String type, byte[] name, byte[] content) {
        byte[] blocks = new byte[512 + (content.length + 511) / 512 * 512];
        System.arraycopy(name, 0, blocks, 0, name.length);
        put(blocks, 100, "0000644");
        put(blocks, 108, "0000000");
        put(blocks, 116, "0000000");
        put(blocks, 124, String.format("%011o", content.length));
        put(blocks, 136, "00000000000");
        put(blocks, 148, "        ");
        put(blocks, 156, type);
        put(blocks, 257, "ustar");
        put(blocks, 263, "00");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += blocks[i] & 0xff;
        }
        put(blocks, 148, String.format("%06o", sum));
        blocks[154] = 0;
        System.arraycopy(content, 0, blocks, 512, content.length);
        return blocks;
    }

    private static void put(byte[] target, int at, String text) {
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, target, at, text.length());
    }

    private static byte[] record(String key, String hexValue) {
        byte[] value = HexFormat.of().parseHex(hexValue);
        int length = key.length() + value.length + 5; // two digits, a blank, the sign, the end of the line
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(value);
        out.write('\n');
        assertThat(out.size()).isEqualTo(length);
        return out.toByteArray();
    }

    private Map<String, String> imported(byte[]... entries) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            tar.writeBytes(entry);
        }
        tar.writeBytes(new byte[1024]);
        Path file = Files.write(folder.resolve("by-hand.tar"), tar.toByteArray());
        assertThat(make("reference", file).err()).isEmpty();
        Map<String, String> found = new TreeMap<>();
        try (ReadableStore store = Morgana.load().openReadOnly(image);
                var list = store.list(Key.ROOT)) {
            for (var entry : (Iterable<dev.morgana.spi.store.Entry>) list::iterator) {
                found.put(
                        HexFormat.of().formatHex(entry.key().toBytes()),
                        new String(store.get(entry.key()), StandardCharsets.US_ASCII));
            }
        }
        return found;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void namesOfPaxHeadersAreBytesAndCountForOneEntry() throws IOException {
        assertThat(imported(
                        entry("x", ascii("pax"), record("path", "c3a9aa80")),
                        entry("0", ascii("plain"), ascii("first")),
                        entry("0", HexFormat.of().parseHex("c3a9"), ascii("second")),
                        entry("x", ascii("pax"), record("path", "e9e9e9e9")),
                        entry("L", ascii("././@LongLink"), HexFormat.of().parseHex("fe".repeat(130) + "00")),
                        entry("0", ascii("plain"), ascii("third")),
                        entry("L", ascii("././@LongLink"), HexFormat.of().parseHex("fd".repeat(130) + "00")),
                        entry("0", ascii("plain"), new byte[0])))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("c3a9aa80", "first", "c3a9", "second", "e9e9e9e9", "third", "fd".repeat(130), ""));
    }

    @Test
    void aZipWhoseNamesAreInAnUnknownEncodingIsRefused() throws IOException {
        Path file = folder.resolve("a.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.ISO_8859_1)) {
            zip.putNextEntry(new ZipEntry("n\u00ff"));
            zip.putNextEntry(new ZipEntry("n\u00fe"));
        }
        Command made = make("reference", file);
        assertThat(made.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(made.err()).contains("a.zip").hasLineCount(1);
        assertThat(Path.of(image)).doesNotExist();
    }
}
