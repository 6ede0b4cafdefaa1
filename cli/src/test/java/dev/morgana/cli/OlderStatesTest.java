package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a littlefs image still holds of a value that was changed. */
class OlderStatesTest {
    @TempDir
    private Path folder;

    @Test
    void logListsThemAndCatReadsThem() throws Exception {
        String image = folder.resolve("image.bin").toString();
        Key key = Key.of("/etc/mode");
        try (KeyValueStore store = Morgana.load().create("littlefs+file:" + image + "?size=64KiB")) {
            store.set(key, "slow\n".getBytes(StandardCharsets.UTF_8));
            store.remove(key);
            store.set(key, "faster\n".getBytes(StandardCharsets.UTF_8));
        }
        String value = image + ":/etc/mode";

        assertThat(Command.run("log", value).out()).contains("removed").contains("revision ");
        JsonNode states =
                new ObjectMapper().readTree(Command.run("log", "--json", value).out());
        assertThat(states).extracting(state -> state.path("size").asInt(-1)).containsExactly(5, -1, 7);
        assertThat(states).extracting(state -> state.get("current").asBoolean()).containsExactly(false, false, true);
        assertThat(Command.run("cat", "--at", "0", value).out()).isEqualTo("slow\n");
        assertThat(Command.run("cat", "--at", "2", value).out()).isEqualTo("faster\n");
        Command removed = Command.run("cat", "--at", "1", value);
        assertThat(removed.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(removed.err()).contains("was removed");
    }
}
