package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of a format's layout in place, which of the formats pw_kvs has. */
class ReconfigureVerbTest {
    private static final String SECTOR = "sectorSize=4K";

    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void makeAnImage() throws IOException {
        image = folder.resolve("settings.img").toString();
        Path settings = Files.writeString(folder.resolve("s.json"), "{\"ssid\": \"attic\", \"channel\": \"11\"}");
        assertThat(Command.run("create", "pw_kvs", image, "-s", "64K", "-O", SECTOR, settings.toString())
                        .err())
                .isEmpty();
    }

    private void assertHoldsSettings(String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "cat";
        System.arraycopy(options, 0, words, 1, options.length);
        words[options.length + 1] = image + ":/ssid";
        words[options.length + 2] = image + ":/channel";
        assertThat(Command.run(words).out()).isEqualTo("attic11");
    }

    @ParameterizedTest
    @CsvSource({
        "redundancy, 2, changed redundancy from 1 to 2",
        "alignment, 64, changed alignment from 16 to 64",
        "formats, 0x5e1dc0aa:crc32, changed formats from 0xc40fd8a8:crc16-ccitt to 0x5e1dc0aa:crc32",
    })
    void changesAndTellsWhat(String name, String value, String told) {
        Command command = Command.run("reconfigure", "-O", SECTOR, image, "--set", name + "=" + value);
        assertThat(command.err()).isEmpty();
        assertThat(command.code()).isZero();
        assertThat(command.out().lines()).first().isEqualTo(told);
        assertThat(command.out()).contains("2 entries verified");
        String changed = name + "=" + value;
        assertHoldsSettings("-O", SECTOR, "-O", changed);
        Command check = Command.run("check", "--deep", "-O", SECTOR, "-O", changed, image);
        assertThat(check.out()).isEqualTo("0 errors, 0 warnings, 0 notes\n");
        Command again = Command.run("reconfigure", "-O", SECTOR, "-O", changed, image, "--set", changed);
        assertThat(again.out()).startsWith("nothing to change\n");
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(Path.of(image));
        Command command = Command.run("reconfigure", "-O", SECTOR, image, "--set", "redundancy=2", "--dry-run");
        assertThat(command.err()).isEmpty();
        assertThat(command.out()).startsWith("would have changed redundancy from 1 to 2\n2 entries verified");
        assertThat(Path.of(image)).hasBinaryContent(before);
    }

    @Test
    void asJson() throws IOException {
        JsonNode outcome = new ObjectMapper()
                .readTree(Command.run("reconfigure", "-O", SECTOR, image, "--set", "redundancy=2", "--json")
                        .out());
        assertThat(outcome.get("settings").get(0).get("after").asText()).isEqualTo("2");
        assertThat(outcome.get("entries").asInt()).isEqualTo(2);
        assertThat(outcome.get("usedAfter").asInt())
                .isEqualTo(2 * outcome.get("usedBefore").asInt());
        JsonNode list = new ObjectMapper()
                .readTree(Command.run("reconfigure", image, "--json").out());
        assertThat(list.get("options").findValuesAsText("name")).contains("redundancy", "alignment", "formats");
    }

    @ParameterizedTest
    @CsvSource({
        "sectorSize=8K, convert, 2",
        "redundncy=2, did you mean redundancy?, 2",
        "redundancy, name=value, 2",
        "redundancy=none, must be a whole number, 2",
        "redundancy=99, no space, 5",
    })
    void whatCannotBeIsRefused(String setting, String why, int code) throws IOException {
        byte[] before = Files.readAllBytes(Path.of(image));
        Command command = Command.run("reconfigure", "-O", SECTOR, image, "--set", setting);
        assertThat(command.code()).as(command.err()).isEqualTo(code);
        assertThat(command.err()).startsWith("morgana: ").contains(why).hasLineCount(1);
        assertThat(Path.of(image)).hasBinaryContent(before);
    }

    @Test
    void littlefsTellsBothVersions() {
        String older = folder.resolve("older").toString();
        Command.run("create", "littlefs", older, "-s", "64K", "-O", "diskVersion=2.0");
        Command command = Command.run("reconfigure", older, "--set", "diskVersion=2.1", "--set", "blockCount=12");
        assertThat(command.code()).as(command.err()).isZero();
        assertThat(command.out())
                .contains("changed diskVersion from 2.0 to 2.1")
                .contains("changed blockCount from 16 to 12");
        assertThat(Command.run("identify", older).out()).contains("2.1").contains("12 blocks");
        assertThat(Command.run("reconfigure", older, "--set", "diskVersion=2.0").err())
                .contains("2.1 stays one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedkv", "ekv"})
    void otherFormatsSaySo(String format) {
        String other = folder.resolve(format).toString();
        Command.run("create", format, other, "-s", "64K");
        Command command = Command.run("reconfigure", other, "--set", "redundancy=2");
        assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(command.err())
                .contains(format + " has nothing to reconfigure")
                .hasLineCount(1);
    }

    @Test
    void moreSectorsComeWithGrow() throws IOException {
        for (List<String> refused : List.of(List.of("32K", "is smaller"), List.of("66K", "not a multiple"))) {
            Command command = Command.run("grow", "-O", SECTOR, image, refused.get(0));
            assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(command.err()).contains(refused.get(1));
            assertThat(Files.size(Path.of(image))).isEqualTo(64 << 10);
        }
        assertThat(Command.run("grow", "-O", SECTOR, image, "128K").code()).isZero();
        assertThat(Files.size(Path.of(image))).isEqualTo(128 << 10);
        assertHoldsSettings();
        assertThat(Command.run("check", "--deep", "-O", SECTOR, image).code()).isZero();
    }
}
