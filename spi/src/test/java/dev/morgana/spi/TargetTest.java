package dev.morgana.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stranger.ToyDriver;
import stranger.ToyFormat;
import stranger.ToyLayers;

class TargetTest {
    private static final byte[] VALUE = {1, 2, 3};

    private final Morgana morgana = Morgana.load();

    @BeforeEach
    void emptyTable() {
        ToyDriver.MEDIA.clear();
        ToyDriver.OPEN.clear();
        ToyLayers.WRAPPED.clear();
    }

    @AfterEach
    void nothingStaysOpen() {
        assertThat(ToyDriver.OPEN).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"what?size=1", "issue#7", "100%", "%41", "a b", "a@16", "toy+toydev", "images/a&b"})
    void aPathIsTakenAsItStands(String name) throws Exception {
        Path path = Path.of(name);
        ToyDriver.MEDIA.put(name, new byte[256]);
        try (KeyValueStore store = morgana.at(path).format("toy").create()) {
            store.set(Key.of("a"), VALUE);
        }
        try (KeyValueStore store = morgana.at(path).open()) {
            assertThat(store.get(Key.of("a"))).isEqualTo(VALUE);
        }
        assertThat(morgana.at(path).identify())
                .extracting(Identification::format)
                .containsExactly("toy");
        assertThat(ToyDriver.MEDIA).containsOnlyKeys(name);
    }

    @Test
    void theUriOfAPathNamesTheSameImage() throws Exception {
        String name = "what?size=1#7 %41";
        Target target = morgana.at(Path.of(name)).format("toy").driver("toydev");
        target.create().close();
        try (Store store = morgana.at(target.address().uri()).openStore()) {
            assertThat(store.info().format()).isEqualTo("toy");
        }
        assertThat(ToyDriver.MEDIA).containsOnlyKeys(name);
    }

    @Test
    void aPathOfAnotherFileSystemIsRefused(@TempDir Path folder) throws Exception {
        Path zip = folder.resolve("a.zip");
        new ZipOutputStream(java.nio.file.Files.newOutputStream(zip)).close();
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of())) {
            assertThatThrownBy(() -> morgana.at(inside.getPath("a.img")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("default file system");
        }
    }

    @Test
    void whatIsSaidChangesAnotherTargetOnly() throws Exception {
        Target plain = morgana.at("toydev:a?note=first");
        Target said = plain.format("toy").option(ToyFormat.NOTE, "last").readOnly();
        assertThat(plain.address().uri()).isEqualTo("toydev:a?note=first");
        assertThat(said.address().uri()).isEqualTo("toy+toydev:a?note=last&readOnly=true");
    }

    @Test
    void typedOptionsCountBeforeThoseOfTheAddress() throws Exception {
        morgana.at("toy+toydev:a?toySize=256&note=first")
                .option(ToyDriver.SIZE, 512)
                .option(ToyFormat.NOTE, "last")
                .create()
                .close();
        assertThat(ToyDriver.MEDIA.get("a")).hasSize(512);
        try (Store store = morgana.at("toy+toydev:a")
                .options(Options.none().plus("note", "again"))
                .openStore()) {
            assertThat(store.info().properties()).containsEntry("note", "again");
        }
    }

    @Test
    void aTypedValueOutOfRangeIsRefusedBeforeAnythingIsMade() {
        assertThatThrownBy(() ->
                        morgana.at("toy+toydev:new").option(ToyDriver.SIZE, 4).create())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("16 to 1048576");
        assertThat(ToyDriver.MEDIA).isEmpty();
    }

    @Test
    void opensInEachShape() throws Exception {
        Target target = morgana.at("toy+toydev:a");
        try (Store store = target.createStore()) {
            assertThat(store).isInstanceOf(FlatStore.class);
        }
        try (FlatStore store = target.openFlat()) {
            store.put(new byte[] {'k'}, VALUE);
        }
        try (KeyValueStore store = target.readOnly().open()) {
            assertThat(store.get(Key.of("k"))).isEqualTo(VALUE);
            assertThatThrownBy(() -> store.set(Key.of("k"), VALUE)).isInstanceOf(ReadOnlyStoreException.class);
        }
        try (Inspection inspection = target.inspect()) {
            assertThat(ToyDriver.OPEN).containsExactly("a");
        }
    }

    @Test
    void opensTheDeviceAlone() throws Exception {
        morgana.create("toy+toydev:a").close();
        try (BlockDevice device = morgana.at("toydev:a?offset=4").openDevice(AccessMode.READ_ONLY)) {
            assertThat(device.isReadOnly()).isTrue();
        }
        assertThatThrownBy(() -> morgana.at("toydev:a?replica=b").openDevice(AccessMode.READ_ONLY))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void tellsHowAnImageIsOpenedAgain() throws Exception {
        Target plain = morgana.at("toy+toydev:a");
        plain.create().close();
        assertThat(plain.option(ToyFormat.NOTE, "mine").shortestAddress())
                .get()
                .extracting(StoreAddress::uri)
                .isEqualTo("toy+toydev:a?note=mine");
        assertThat(morgana.at("toydev:a").shortestAddress()).isEmpty();
    }

    @Test
    void wrongWordsAreRefusedWhereTheyAreUsed() throws Exception {
        assertThatThrownBy(() -> morgana.at("")).isInstanceOf(InvalidAddressException.class);
        Target noFormat = morgana.at("toydev:a");
        assertThatThrownBy(noFormat::createStore).isInstanceOf(InvalidRequestException.class);
    }
}
