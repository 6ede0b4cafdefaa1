package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.store.FlatStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The verbs over an image that is encrypted, with its key, with another one, and without. */
class EncryptedImageTest {
    private static final byte[] COLOUR = "blue".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Path key;
    private Path other;
    private String plain;
    private String image;

    @BeforeEach
    void makeAnImage() throws Exception {
        key = keyFile("key", "01");
        other = keyFile("other", "02");
        Path settings = Files.writeString(folder.resolve("settings.json"), "{\"colour\": \"blue\", \"size\": \"7\"}");
        plain = "ekv+file:" + folder.resolve("x.img");
        image = "crypt+" + plain + "?keyFile=" + key;
        Command made = Command.run(
                "create", "crypt+ekv", "--size", "256K", "-O", "keyFile=" + key, path(), settings.toString());
        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();
    }

    private Path keyFile(String name, String digits) throws Exception {
        Path file = Files.writeString(folder.resolve(name), "morgana-key:" + digits.repeat(32));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private String path() {
        return folder.resolve("x.img").toString();
    }

    @Test
    void readAndChangedWithItsKey() {
        assertThat(Command.run("ls", image).out()).isEqualTo("colour\nsize\n");
        assertThat(Command.run("cat", image + "#/colour").out()).isEqualTo("blue");
        assertThat(Command.run("-q".getBytes(StandardCharsets.UTF_8), "put", "-", image + "#/colour")
                        .code())
                .isZero();
        assertThat(Command.run("cat", image + "#/colour").out()).isEqualTo("-q");
        assertThat(Command.run("info", image).out()).contains("AES-256-GCM");
    }

    @Test
    void sealedWithoutItsKey() {
        assertThat(Command.run("cat", plain + "#/colour").out()).doesNotContain("blue");
        Command none = Command.run("cat", "crypt+" + plain + "#/colour");
        assertThat(none.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(none.err()).contains("keyFile");
        Command wrong = Command.run("cat", "crypt+" + plain + "?keyFile=" + other + "#/colour");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(wrong.err())
                .isEqualTo("morgana: wrong key: ekv store was encrypted under another key or password\n");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void checkedWithoutItsKeyAndInDepthWithIt() throws Exception {
        assertThat(Command.run("check", "crypt+" + plain).code()).isZero();
        assertThat(Command.run("check", "--deep", image).code()).isZero();
        assertThat(Command.run("check", "--deep", "crypt+" + plain).code()).isEqualTo(ExitCode.USAGE.number());
        try (FlatStore inner = Morgana.load().openFlat(plain)) {
            inner.put("size".getBytes(StandardCharsets.UTF_8), COLOUR);
        }
        for (String address : List.of(plain, "crypt+" + plain, path())) {
            Command unkeyed = Command.run("check", address);
            assertThat(unkeyed.err()).as(address).doesNotContain("keyFile, passwordFile");
            assertThat(unkeyed.code()).as(address).isEqualTo(ExitCode.FINDINGS.number());
            assertThat(unkeyed.out())
                    .contains("error unsealed-value")
                    .contains("[size]")
                    .contains("1 error,");
        }
        Command deep = Command.run("check", "--deep", image);
        assertThat(deep.code()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(deep.out()).contains("error sealed-value").contains("[size]").contains("1 error,");
        try (FlatStore inner = Morgana.load().openFlat(plain)) {
            inner.put("morgana.crypt".getBytes(StandardCharsets.UTF_8), COLOUR);
        }
        Command headless = Command.run("check", "--deep", image);
        assertThat(headless.code()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(headless.out()).contains("error layer").contains("header of an encrypted store");
    }

    @Test
    void givenOtherKeys() {
        String withOther = "crypt+" + plain + "?keyFile=" + other;
        assertThat(Command.run("rekey", "--dry-run", image, "--not-leaked", "--key", "keyFile=" + other)
                        .out())
                .contains("would have locked");
        assertThat(Command.run("rekey", image, "--not-leaked", "--key", "keyFile=" + other)
                        .out())
                .contains("locked", "--leaked");
        assertThat(Command.run("cat", image + "#/colour").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Command.run("rekey", withOther, "--rotate").out()).contains("written 2 values again");
        assertThat(Command.run("cat", withOther + "#/colour").out()).isEqualTo("blue");
        for (String why : List.of("--leaked", "--not-leaked")) {
            Command missing = Command.run("rekey", withOther, why, "--key", "keyFile=" + folder.resolve("missing"));
            assertThat(missing.code()).isEqualTo(ExitCode.USAGE.number());
        }
        assertThat(Command.run("cat", withOther + "#/colour").out()).isEqualTo("blue");
        assertThat(Command.run("rekey", plain, "--rotate").err()).contains("not opened as an encrypted one");
        assertThat(Command.run("rekey", withOther).code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void convertedIntoTheClearAndBack() {
        String clear = folder.resolve("clear.img").toString();
        Command decrypted = Command.run("convert", image, clear, "--to", "embedkv");
        assertThat(decrypted.err()).isEmpty();
        assertThat(decrypted.code()).isZero();
        assertThat(Command.run("cat", clear + ":/colour").out()).isEqualTo("blue");
        String sealed = folder.resolve("sealed.img").toString();
        Command encrypted = Command.run("convert", clear, sealed, "--to", "crypt+littlefs", "-O", "keyFile=" + key);
        assertThat(encrypted.err()).isEmpty();
        assertThat(encrypted.code()).isZero();
        assertThat(Command.run("cat", "crypt+littlefs+file:" + sealed + "?keyFile=" + key + "#/colour")
                        .out())
                .isEqualTo("blue");
        assertThat(Command.run("ls", sealed).out()).contains("morgana.crypt");
    }

    /** Why there is another key decides what must be done, and only its owner knows. */
    @Test
    void anotherKeyNeedsAReason() {
        Command silent = Command.run("rekey", image, "--key", "keyFile=" + other);
        assertThat(silent.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(silent.err()).contains("--leaked", "--not-leaked");
        assertThat(Command.run("rekey", image, "--leaked").err()).contains("--key");
        assertThat(Command.run("rekey", image, "--leaked", "--not-leaked", "--key", "keyFile=" + other)
                        .code())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(Command.run("cat", image + "#/colour").out()).isEqualTo("blue");
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("ekv", "maxKeySize=128&maxValueSize=2048"),
                Arguments.of("ekv-fs", "chunkSize=256"),
                Arguments.of("littlefs", "blockSize=1KiB"),
                Arguments.of("littlefs", "diskVersion=2.0"),
                Arguments.of("embedkv", "blockSize=512"),
                Arguments.of("pw_kvs", "sectorSize=1KiB"));
    }

    /** After a leak: the shape and the values are the same, and nothing in the file opens with the old key, wherever it lies. */
    @ParameterizedTest
    @MethodSource("shapes")
    void afterALeakNothingOpensWithTheOldKey(String format, String option) throws Exception {
        Path file = folder.resolve("leaked.img");
        Path note = Files.writeString(folder.resolve("note"), "dear diary");
        for (String names : List.of("false", "true")) {
            String settings = "&versionIndex=true" + (format.equals("ekv-fs") ? "" : "&hideNames=" + names);
            String made = "crypt+" + format + "+file:" + file + "?keyFile=" + key + "&" + option;
            assertThat(Command.run("create", "--force", "crypt+" + format, made + settings + "&size=256KiB")
                            .err())
                    .isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThat(Command.run("put", note.toString(), made + "#/note").err())
                        .isEmpty();
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            Command before = Command.run("info", "--json", format + "+file:" + file + "?" + option);
            Command replaced = Command.run("rekey", made, "--leaked", "--key", "keyFile=" + other);
            assertThat(replaced.err()).isEmpty();
            assertThat(replaced.out()).contains("made", "anew", "1 value");

            String withOther = "crypt+" + format + "+file:" + file + "?keyFile=" + other + "&" + option;
            assertThat(Command.run("cat", withOther + "#/note").out()).isEqualTo("dear diary");
            assertThat(Command.run("check", "--deep", withOther).code()).isZero();
            assertThat(Command.run("info", withOther).out()).contains("kept");
            assertThat(settingsOf(Command.run("info", "--json", format + "+file:" + file + "?" + option)))
                    .isEqualTo(settingsOf(before));
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
            assertThat(Remains.openingWith(Files.readAllBytes(file), new byte[] {1}))
                    .isEmpty();
            assertThat(Remains.openingWith(Files.readAllBytes(file), new byte[] {2}))
                    .isNotEmpty();
        }
    }

    /** What is said of the image, without what it holds. */
    private static String settingsOf(Command info) {
        assertThat(info.out()).contains("\"properties\"");
        return info.out().substring(0, info.out().indexOf("\"properties\""));
    }

    /** A part of a file cannot be made anew beside it; the command says what may remain. */
    @Test
    void partOfAFileIsChangedInPlace() throws Exception {
        byte[] whole = new byte[256 << 10];
        byte[] part = Files.readAllBytes(folder.resolve("x.img"));
        Path dump = Files.write(
                folder.resolve("dump"),
                ByteBuffer.allocate(whole.length + part.length)
                        .put(whole)
                        .put(part)
                        .array());
        String within = "crypt+ekv+file:" + dump + "?offset=256KiB&keyFile=";
        Command replaced = Command.run("rekey", within + key, "--leaked", "--key", "keyFile=" + other);
        assertThat(replaced.err()).isEmpty();
        assertThat(replaced.out()).contains("written 2 values", "still opens with the old key", "convert");
        assertThat(Command.run("cat", within + other + "#/colour").out()).isEqualTo("blue");
        assertThat(Command.run("cat", within + key + "#/colour").code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void changedPastItsLayerOnlyIfThatIsSaid() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("x.img"));
        Path file = Files.writeString(folder.resolve("file"), "in the clear");
        List<List<String>> changes = List.of(
                List.of("put", file.toString(), path() + ":/colour"),
                List.of("import", path(), file.toString()),
                List.of("rm", path() + ":/colour"),
                List.of("rm", path() + ":/morgana.crypt"),
                List.of("mv", path() + ":/colour", "/hue"),
                List.of("cp", path() + ":/colour", "/hue"));
        for (List<String> change : changes) {
            Command refused = Command.run(change.toArray(String[]::new));
            assertThat(refused.code()).as(change.toString()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.err()).contains("layer crypt", "crypt+ekv+file:", "keyFile=...", "--raw");
        }
        assertThat(folder.resolve("x.img")).hasBinaryContent(before);
        assertThat(Command.run("rm", "--raw", path() + ":/colour").code()).isZero();
        assertThat(Command.run("ls", image).out()).isEqualTo("size\n");
    }

    @Test
    void readersAreToldOfTheLayer() {
        for (List<String> reading :
                List.of(List.of("ls", path()), List.of("cat", path() + ":/colour"), List.of("check", path()))) {
            Command read = Command.run(reading.toArray(String[]::new));
            assertThat(read.code()).as(reading.toString()).isZero();
            assertThat(read.err().lines()).hasSize(1);
            assertThat(read.err()).contains("layer crypt", "crypt+ekv+file:", "keyFile=...");
        }
        assertThat(Command.run("ls", "-q", path()).err()).isEmpty();
        assertThat(Command.run("ls", image).err()).isEmpty();
    }

    @Test
    void whatTheLayerDoesNotCarryIsSaid() throws Exception {
        assertThat(Command.run("log", image + "#/colour").err()).contains("ekv under crypt", "layer passes on");
        String encrypted = "crypt+littlefs+file:" + folder.resolve("e.img") + "?keyFile=" + key;
        assertThat(Command.run("create", "crypt+littlefs", encrypted + "&size=256KiB")
                        .err())
                .isEmpty();
        String clear = folder.resolve("c.img").toString();
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(Command.run("create", "littlefs", clear, "-s", "256K", file.toString())
                        .code())
                .isZero();
        assertThat(Command.run("attr", clear + ":/file", "--set", "0x74=hex:00").code())
                .isZero();
        assertThat(Command.run("attr", encrypted + "#/file").err()).contains("littlefs under crypt has no attributes");
        Command copied = Command.run("cp", clear + ":/file", encrypted + "#/file");
        assertThat(copied.code()).isZero();
        assertThat(copied.err()).contains("1 attribute was not copied", "littlefs has none under crypt");
    }

    @Test
    void keyFilesThatOthersCanReadAreToldOf() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Command read = Command.run("ls", image);
        assertThat(read.code()).isZero();
        assertThat(read.err()).contains(key.toString(), "chmod 600");
        assertThat(read.err().lines()).hasSize(1);
    }

    @Test
    void stateIsToldAndExpected() {
        String state = Command.run("info", "--state", image).out().strip();
        assertThat(state).matches("[0-9a-f]{64}");
        assertThat(Command.run("ls", image + "&expectState=" + state).code()).isZero();
        assertThat(Command.run("put", "-", image + "#/colour").code()).isZero();
        Command changed = Command.run("ls", image + "&expectState=" + state);
        assertThat(changed.code()).isEqualTo(ExitCode.DAMAGED.number());
        assertThat(changed.err()).contains("the state " + state);
        assertThat(Command.run("info", "--state", plain).err()).contains("tells no state");
    }

    /** What is not on the medium is found in the content, or was said when the image was made. */
    @Test
    void openedAsItsMakerSaid() throws Exception {
        Path settings = Files.writeString(folder.resolve("settings.json"), "{\"colour\": \"blue\"}");
        for (List<String> options :
                List.of(List.of("crypt+ekv", "maxKeySize=128"), List.of("crypt+pw_kvs", "sectorSize=1KiB"))) {
            String made = Command.run(
                            "create",
                            options.get(0),
                            "--force",
                            "--size",
                            "64K",
                            "-O",
                            "keyFile=" + key,
                            "-O",
                            "hideNames=true",
                            "-O",
                            options.get(1),
                            path(),
                            settings.toString())
                    .out();
            String address = made.substring(made.indexOf('\'') + 1, made.lastIndexOf('\''));
            assertThat(Command.run("rekey", address, "--rotate").err()).isEmpty();
            assertThat(Command.run("compact", address).err()).isEmpty();
            assertThat(Command.run("cat", address + "#/colour").out()).isEqualTo("blue");
            assertThat(Command.run("put", settings.toString(), address + "#/more")
                            .err())
                    .isEmpty();
        }
    }

    /** What leaked is not replaced by itself; a clone keeps its key, and gets another label. */
    @Test
    void sameKeyAgainIsNoReplacement() {
        Command same = Command.run("rekey", image, "--leaked", "--key", "keyFile=" + key);
        assertThat(same.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(same.err()).contains("the one that the image has");
        assertThat(Command.run("rekey", image, "--leaked", "--key", "keyFile=" + key, "--key", "label=serial 2")
                        .code())
                .isZero();
        assertThat(Command.run("cat", image + "&label=serial%202#/colour").out())
                .isEqualTo("blue");
        assertThat(Command.run("cat", image + "#/colour").err()).contains("label");
    }

    /** What the layer does not carry stays where the image is changed in place; so does another name of the file. */
    @Test
    void attributesAndOtherNamesStay() throws Exception {
        Path file = folder.resolve("attributed.img");
        String encrypted = "crypt+littlefs+file:" + file + "?keyFile=" + key;
        Path note = Files.writeString(folder.resolve("note"), "x");
        assertThat(Command.run("create", "crypt+littlefs", encrypted + "&size=256KiB", note.toString())
                        .code())
                .isZero();
        assertThat(Command.run("attr", "--raw", file + ":/note", "--set", "0x41=text:hi")
                        .code())
                .isZero();
        assertThat(Command.run("rekey", encrypted, "--leaked", "--key", "keyFile=" + other)
                        .out())
                .contains("written 1 value");
        assertThat(Command.run("attr", "-q", file + ":/note").out()).contains("0x41");

        Path name = Files.createLink(folder.resolve("name"), folder.resolve("x.img"));
        assertThat(Command.run("rekey", image, "--leaked", "--key", "keyFile=" + other)
                        .out())
                .contains("written 2 values");
        assertThat(Files.isSameFile(name, folder.resolve("x.img"))).isTrue();
    }

    @Test
    void imageWithoutItsHeaderIsNoPlainOne() throws Exception {
        assertThat(Command.run("rm", "--raw", path() + ":/morgana.crypt").code())
                .isZero();
        assertThat(Command.run("check", path()).out()).contains("encryption-header");
        Path file = Files.writeString(folder.resolve("file"), "in the clear");
        assertThat(Command.run("put", file.toString(), path() + ":/colour").code())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(Command.run("ls", image).err()).contains("it was removed");
    }
}
