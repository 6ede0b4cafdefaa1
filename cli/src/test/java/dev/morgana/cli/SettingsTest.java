package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real set of settings, the security properties of the JDK, through every flat format, as JSON and as CSV. */
class SettingsTest {
    @TempDir
    private Path folder;

    private static Map<String, String> settings() throws Exception {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(
                Path.of(System.getProperty("java.home"), "conf", "security", "java.security"))) {
            properties.load(file);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
        settings.keySet().removeIf(key -> key.length() > 32);
        assertThat(settings).hasSizeGreaterThan(30);
        return settings;
    }

    private List<String> flatFormats() throws Exception {
        List<String> flat = new ArrayList<>();
        for (StoreProvider format : Morgana.load().formats()) {
            String image = folder.resolve("probe-" + format.format()).toString();
            assertThat(Command.run("create", format.format(), image, "-s", "256K")
                            .code())
                    .isZero();
            try (Store store =
                    Morgana.load().at(format.format() + "+file:" + image).openStore()) {
                if (store instanceof FlatStore) {
                    flat.add(format.format());
                }
            }
        }
        return flat;
    }

    @Test
    void comeBackAsTheyWere() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Path settings = folder.resolve("settings.json");
        json.writeValue(settings.toFile(), settings());
        List<String> formats = flatFormats();
        assertThat(formats).contains("embedkv", "ekv");
        for (String format : formats) {
            String image = folder.resolve(format + ".img").toString();
            String table = folder.resolve(format + ".csv").toString();
            String again = folder.resolve(format + "-again.img").toString();
            assertThat(Command.run("create", format, image, "-s", "256K", settings.toString())
                            .err())
                    .isEmpty();
            assertThat(Command.run("export", image, table).code()).isZero();
            assertThat(Command.run("create", format, again, "-s", "256K", table).err())
                    .isEmpty();
            Map<String, String> found = new TreeMap<>();
            for (JsonNode entry :
                    json.readTree(Command.run("export", again, "-.json").out())) {
                found.put(entry.get("key").asText(), entry.get("text").asText());
            }
            assertThat(found).as(format).isEqualTo(settings());
        }
    }
}
