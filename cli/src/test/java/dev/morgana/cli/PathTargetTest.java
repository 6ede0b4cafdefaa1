package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.Target;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The façade over real files, whose names need no escaping where they come as paths. */
class PathTargetTest {
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"what?size=1.img", "issue#7.img", "100%.img", "%41.img", "a b.img", "a@16", "plain.img"})
    void aPathIsTakenAsItStands(String name) throws Exception {
        Path image = folder.resolve(name);
        Target target = Morgana.load().at(image);
        Target made = target.format("littlefs").options(Options.none().plus("size", "64KiB"));
        try (KeyValueStore store = made.create()) {
            store.set(Key.of("/etc/name"), VALUE);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(image);
        }
        assertThat(target.identify()).extracting(Identification::format).containsExactly("littlefs");
        try (KeyValueStore store = target.readOnly().open()) {
            assertThat(store.get(Key.of("/etc/name"))).isEqualTo(VALUE);
        }
        StoreAddress whole = target.driver("file").address();
        try (KeyValueStore store = Morgana.load().open(whole.uri().replace("@", "%40"))) {
            assertThat(store.get(Key.of("/etc/name"))).isEqualTo(VALUE);
        }
    }
}
