package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.store.FlatStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        key = Files.writeString(folder.resolve("key"), "01".repeat(32));
        other = Files.writeString(folder.resolve("other"), "02".repeat(32));
        Path settings = Files.writeString(folder.resolve("settings.json"), "{\"colour\": \"blue\", \"size\": \"7\"}");
        plain = "ekv+file:" + folder.resolve("x.img");
        image = "crypt+" + plain + "?keyFile=" + key;
        Command made = Command.run(
                "create", "crypt+ekv", "--size", "256K", "-O", "keyFile=" + key, path(), settings.toString());
        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();
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
        assertThat(Command.run("check", "crypt+" + plain).code()).isZero();
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
        assertThat(Command.run("rekey", "--dry-run", image, "--key", "keyFile=" + other)
                        .out())
                .contains("would have locked");
        assertThat(Command.run("rekey", image, "--key", "keyFile=" + other).code())
                .isZero();
        assertThat(Command.run("cat", image + "#/colour").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Command.run("rekey", withOther, "--rotate").out()).contains("written 2 values again");
        assertThat(Command.run("cat", withOther + "#/colour").out()).isEqualTo("blue");
        Command missing = Command.run("rekey", withOther, "--key", "keyFile=" + folder.resolve("missing"));
        assertThat(missing.code()).isEqualTo(ExitCode.USAGE.number());
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
}
