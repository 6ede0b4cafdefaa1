package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs over an address with a store layer: what they write and read goes through it. */
@Campaign
class StoreLayerCommandTest {
    private static final String TEXT = "colour=blue\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeASource() throws Exception {
        Files.createDirectories(folder.resolve("site/css"));
        Files.writeString(folder.resolve("site/settings"), TEXT);
        Files.writeString(folder.resolve("site/css/a.css"), "a {}\n");
    }

    private static String layered(String format) {
        return "xor+" + format + "+file:" + format + ".img?mask=90";
    }

    private String run(String... words) throws Exception {
        CommandProcess command = CommandProcess.run(List.of(), folder, words);
        assertThat(command.err()).as("%s", List.of(words)).isEmpty();
        assertThat(command.code()).as("%s", List.of(words)).isZero();
        return command.out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekv", "embedkv", "pw_kvs"})
    void everyVerbGoesThroughIt(String format) throws Exception {
        String image = layered(format);
        run("create", format, image, "-s", "256K", "site/");
        assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("site", format + ".img");
        assertThat(run("cat", image + "#/settings")).isEqualTo(TEXT);
        byte[] hidden = TEXT.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= 90;
        }
        assertThat(run("cat", format + ".img:/settings"))
                .as("without the layer")
                .isEqualTo(new String(hidden, StandardCharsets.ISO_8859_1));

        assertThat(run("ls", "-R", image)).isEqualTo("css/\ncss/a.css\nsettings\n");
        run("put", "site/settings", image + "#/copy");
        run("mv", image + "#/copy", "/moved");
        run("cp", image + "#/moved", "/again");
        run("rm", image + "#/moved");
        assertThat(run("cat", image + "#/again")).isEqualTo(TEXT);
        run("import", image, "site");
        assertThat(run("cat", image + "#/site/css/a.css")).isEqualTo("a {}\n");
        run("export", image, "out");
        assertThat(folder.resolve("out/settings")).hasContent(TEXT);
        assertThat(run("export", image, "-.csv")).contains("settings,text");
        assertThat(run("info", image)).contains(format);
        assertThat(run("check", "--deep", image)).isEqualTo("0 errors, 0 warnings, 0 notes\n");
        run("usage", image);
        run("dump", image);
    }

    @Test
    void conversionsComeAndGo() throws Exception {
        run("create", "littlefs", "plain.img", "-s", "256K", "site/");
        run("convert", "plain.img", layered("ekv"), "-s", "256K");
        assertThat(run("cat", layered("ekv") + "#/settings")).isEqualTo(TEXT);
        run("convert", layered("ekv"), "back.img", "--to", "littlefs", "-s", "256K");
        run("diff", "plain.img", "back.img");
        run("diff", "plain.img", layered("ekv"));
        run("convert", layered("ekv"), layered("embedkv"), "-s", "256K");
        assertThat(run("cat", layered("embedkv") + "#/css/a.css")).isEqualTo("a {}\n");
    }

    @Test
    void formatsListsIt() throws Exception {
        assertThat(run("formats"))
                .contains("xor  layer: changes every byte of a value", "mask (whole number, 1 to 255)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xor+ekv+file:new.img", "xor+ekv+file:new.img?mask=0", "xor+littlefs+file:new.img?mask=1"})
    void whatTheLayerRefusesIsUsageAndMakesNothing(String address) throws Exception {
        String format = address.contains("littlefs") ? "littlefs" : "ekv";
        CommandProcess command =
                CommandProcess.run(List.of(), folder, "create", format, address, "-s", "256K", "site/");
        assertThat(command.code()).as(command.err()).isEqualTo(2);
        assertThat(command.err()).startsWith("morgana: ").hasLineCount(1);
        assertThat(folder.resolve("new.img")).doesNotExist();
        assertThat(Files.list(folder)).hasSize(1);
    }
}
