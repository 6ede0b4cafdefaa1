package dev.morgana.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.UnknownProviderException;
import dev.morgana.spi.error.UnrecognizedImageException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import stranger.ToyDriver;
import stranger.ToyFormat;
import stranger.ToyLayers;

class MorganaTest {
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

    @Test
    void findsStrangersAndTellsOfThoseThatCannotBeLoaded() {
        assertThat(morgana.formats()).extracting(StoreProvider::format).containsExactly("toy");
        assertThat(morgana.drivers()).hasSize(1);
        assertThat(morgana.deviceLayers()).hasSize(2);
        assertThat(morgana.storeLayers()).hasSize(1);
        assertThat(morgana.problems()).hasSize(1).first().asString().contains("DoesNotExist");
    }

    @Nested
    class WhenTheAddressNamesAFormat {
        @Test
        void createsClosesAndOpensAgain() throws Exception {
            try (KeyValueStore store = morgana.create("toy+toydev:a?toySize=512&note=hello")) {
                store.set(Key.of("/etc/name"), VALUE);
                assertThat(store.info().properties()).containsEntry("note", "hello");
            }
            try (KeyValueStore store = morgana.open("toy+toydev:a")) {
                assertThat(store.get(Key.of("/etc/name"))).isEqualTo(VALUE);
            }
            assertThat(ToyDriver.MEDIA.get("a")).hasSize(512);
        }

        @Test
        void opensFlatWithRawKeys() throws Exception {
            morgana.create("toy+toydev:a").close();
            try (FlatStore store = morgana.openFlat("toy+toydev:a")) {
                store.put("a//b".getBytes(StandardCharsets.UTF_8), VALUE);
                assertThat(store.keys()).hasSize(1);
            }
        }

        @Test
        void opensReadOnly() throws Exception {
            morgana.create("toy+toydev:a").close();
            byte[] before = ToyDriver.MEDIA.get("a").clone();
            try (KeyValueStore store = morgana.open("toy+toydev:a?read_only=true")) {
                assertThatThrownBy(() -> store.set(Key.of("x"), VALUE)).isInstanceOf(ReadOnlyStoreException.class);
            }
            assertThat(ToyDriver.MEDIA.get("a")).isEqualTo(before);
        }

        @Test
        void opensReplicasWithTheSameDriver() throws Exception {
            morgana.create("toy+toydev:a?replica=b").close();
            assertThat(ToyDriver.MEDIA).containsOnlyKeys("a", "b");
        }

        @Test
        void refusesMoreReplicasThanTheFormatTakes() {
            assertThatThrownBy(() -> morgana.create("toy+toydev:a?replica=b&replica=c"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("at most 1 replicas");
            assertThat(ToyDriver.MEDIA).isEmpty();
        }

        @Test
        void putsLayersOnFromTheInsideOut() throws Exception {
            morgana.create("upper+toy+loud+toydev:a?offset=4").close();
            assertThat(ToyLayers.WRAPPED).containsExactly("window 4", "loud", "upper");
            try (KeyValueStore store = morgana.open("toy+toydev:a")) {
                assertThat(store.get(Key.of("mark"))).containsExactly(1);
            }
        }
    }

    @Nested
    class WhenTheImageMustIdentifyItself {
        @Test
        void opensABarePathByItsContent() throws Exception {
            morgana.create("toy+toydev:a").close();
            try (KeyValueStore store = morgana.open("a")) {
                assertThat(store.info().format()).isEqualTo("toy");
                assertThat(store.info().properties()).containsEntry("note", "probed");
            }
        }

        @Test
        void letsTheUsersOptionOverrideWhatTheImageTells() throws Exception {
            morgana.create("toy+toydev:a").close();
            try (KeyValueStore store = morgana.open("toydev:a?note=mine")) {
                assertThat(store.info().properties()).containsEntry("note", "mine");
            }
        }

        @Test
        void saysSoWhenNothingIsRecognised() {
            ToyDriver.MEDIA.put("a", new byte[64]);
            assertThatThrownBy(() -> morgana.open("toydev:a"))
                    .isInstanceOf(UnrecognizedImageException.class)
                    .hasMessageContaining("toydev:a")
                    .hasMessageContaining("toy");
        }

        @Test
        void listsTheCandidatesWhenSeveralFit() throws Exception {
            morgana.create("toy+toydev:a").close();
            ClassLoader both = new ServiceAdder(ToyFormat.Twin.class.getName());
            assertThatThrownBy(() -> Morgana.load(both).open("toydev:a"))
                    .isInstanceOf(UnrecognizedImageException.class)
                    .satisfies(e -> assertThat(((UnrecognizedImageException) e).candidates())
                            .containsExactly("toy", "twin"));
        }

        @Test
        void identifiesWithoutOpening() throws Exception {
            morgana.create("toy+toydev:a").close();
            List<Identification> found = morgana.at("toydev:a").identify();
            assertThat(found).hasSize(1);
            assertThat(found.get(0).evidence()).containsExactly("magic TOY!");
        }
    }

    @Nested
    class WhenTheWordsAreWrong {
        @Test
        void unknownFormatNamesTheInstalledOnes() {
            assertThatThrownBy(() -> morgana.open("ext4+toydev:a"))
                    .isInstanceOf(UnknownProviderException.class)
                    .hasMessageContaining("ext4")
                    .hasMessageContaining("toy");
        }

        @Test
        void unknownDriverNamesTheInstalledOnes() {
            assertThatThrownBy(() -> morgana.open("toy+nfs:a"))
                    .isInstanceOf(UnknownProviderException.class)
                    .hasMessageContaining("toydev");
        }

        @Test
        void unknownOptionOffersTheNearestOne() {
            ToyDriver.MEDIA.put("a", new byte[64]);
            assertThatThrownBy(() -> morgana.open("toy+toydev:a?notte=x"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("did you mean note?");
        }

        @Test
        void valueOutOfRangeNamesTheRangeBeforeAnythingIsMade() {
            assertThatThrownBy(() -> morgana.create("toy+toydev:new?toySize=4"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("16 to 1048576");
            assertThat(ToyDriver.MEDIA).isEmpty();
        }

        @Test
        void missingMediumIsADeviceError() {
            assertThatThrownBy(() -> morgana.open("toy+toydev:none")).isInstanceOf(DeviceIoException.class);
        }

        @Test
        void aDirectoryIsNamedAsOne() {
            assertThatThrownBy(() -> morgana.open("."))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("is a directory");
        }

        @Test
        void aWrongFormatReleasesTheDevice() {
            ToyDriver.MEDIA.put("a", new byte[64]);
            assertThatThrownBy(() -> morgana.open("toy+toydev:a")).isInstanceOf(CorruptStoreException.class);
        }

        @Test
        void aFailingLayerReleasesTheDevice() {
            ToyDriver.MEDIA.put("a", new byte[64]);
            assertThatThrownBy(() -> morgana.open("toy+toydev:a?offset=1000"))
                    .isInstanceOf(InvalidOptionException.class);
        }

        @Test
        void creatingNeedsAFormat() {
            assertThatThrownBy(() -> morgana.create("toydev:a")).isInstanceOf(InvalidRequestException.class);
        }
    }
}
