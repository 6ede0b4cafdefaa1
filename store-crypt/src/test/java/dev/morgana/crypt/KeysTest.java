package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.lsm.EkvProvider;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys come from, and what is said of those that do not fit. */
class KeysTest {
    private static final String HEX = "morgana-key:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private String image(String... options) {
        return "crypt+ekv+file:" + folder.resolve("x.img") + "?size=256KiB&pageSize=4096&" + String.join("&", options);
    }

    @Test
    void keyFileThroughTheFacade() throws Exception {
        Path key = file("key", HEX + "\n");
        Morgana morgana = Morgana.load();
        try (KeyValueStore store = morgana.create(image("keyFile=" + key))) {
            store.set(Key.of("a/b"), new byte[] {1, 2, 3});
            assertThat(store.info().properties()).containsEntry("encryption", "AES-256-GCM");
        }
        String address = "crypt+ekv+file:" + folder.resolve("x.img") + "?keyFile=" + file("same", HEX);
        try (ReadableStore store = morgana.openReadOnly(address)) {
            assertThat(store.get(Key.of("a/b"))).containsExactly(1, 2, 3);
            assertThat(store.list(Key.ROOT).map(entry -> entry.key().toString()))
                    .containsExactly("/a");
        }
    }

    /** A second key ring would make every value unreadable for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"ekv", "littlefs"})
    void onlyAnEmptyStoreIsMadeAnEncryptedOne(String format) throws Exception {
        Path image = folder.resolve(format + ".img");
        Path key = file("key", HEX);
        Options options = Options.none().with(CryptOptions.KEY_FILE, key.toString());
        Morgana morgana = Morgana.load();
        morgana.create(format + "+file:" + image + "?size=256KiB").close();
        try (Store store = morgana.at(image).openStore()) {
            Morgana.tree(store).set(Key.of("secret"), new byte[] {1, 2, 3});
        }
        byte[] plain = Files.readAllBytes(image);
        try (Store store = morgana.at(image).openStore()) {
            assertThatThrownBy(() -> Crypt.initialize(store, options))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("secret");
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(plain);

        morgana.create("crypt+" + format + "+file:" + image + "?keyFile=" + key).close();
        byte[] encrypted = Files.readAllBytes(image);
        try (Store store = morgana.at(image).openStore()) {
            assertThatThrownBy(() -> Crypt.initialize(store, options))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("encrypted already");
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(encrypted);
    }

    @Test
    void structureIsCheckedWithoutTheKey() throws Exception {
        Path key = file("key", HEX);
        Morgana morgana = Morgana.load();
        morgana.create(image("keyFile=" + key)).close();
        String address = "crypt+ekv+file:" + folder.resolve("x.img");
        try (Inspection inspection = morgana.inspect(morgana.parse(address + "?readOnly=true"))) {
            List<Finding> findings = new ArrayList<>();
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            assertThat(findings).isEmpty();
        }
        assertThatThrownBy(() -> morgana.open(address))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("keyFile");
    }

    @Test
    void passwordFile() throws Exception {
        Path password = file("password", "čtyři slova v řadě\r\n");
        Morgana morgana = Morgana.load();
        try (KeyValueStore store = morgana.create(image("passwordFile=" + password))) {
            store.set(Key.of("a"), new byte[] {1});
        }
        String address = "crypt+ekv+file:" + folder.resolve("x.img") + "?passwordFile=";
        try (KeyValueStore store = morgana.open(address + file("same", "čtyři slova v řadě"))) {
            assertThat(store.get(Key.of("a"))).containsExactly(1);
        }
        Path other = file("other", "čtyři slova v řade");
        assertThatThrownBy(() -> morgana.open(address + other))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("wrong key");
        Path key = file("key", HEX);
        assertThatThrownBy(() -> morgana.open("crypt+ekv+file:" + folder.resolve("x.img") + "?keyFile=" + key))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("passwordFile");
    }

    @Test
    void wrongKeyLeavesTheImageAsItIs() throws Exception {
        Path key = file("key", HEX);
        Morgana morgana = Morgana.load();
        morgana.create(image("keyFile=" + key)).close();
        byte[] before = Files.readAllBytes(folder.resolve("x.img"));
        Path other = file("other", HEX.replace('0', '1'));
        assertThatThrownBy(() -> morgana.open("crypt+ekv+file:" + folder.resolve("x.img") + "?keyFile=" + other))
                .isInstanceOf(WrongKeyException.class);
        assertThat(folder.resolve("x.img")).hasBinaryContent(before);
    }

    @Test
    void keysThatAreNone() throws Exception {
        Morgana morgana = Morgana.load();
        List<String> bad = List.of(
                "keyFile=" + folder.resolve("missing"),
                "keyFile=" + folder,
                "keyFile=" + file("short", HEX.substring(0, HEX.length() - 2)),
                "keyFile=" + file("letters", HEX.replace('0', 'x')),
                "keyFile=" + file("unmarked", HEX.substring(HEX.indexOf(':') + 1)),
                "keyFile=" + file("words", "thirty-two characters, a password"),
                "passwordFile=" + file("marked", HEX),
                "keyFile=" + file("large", HEX.repeat(1000)),
                "keyFile=" + file("empty", ""),
                "passwordFile=" + file("line", "\n"),
                "passwordFile=" + Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe9, 'a'}),
                "keyFile=" + file("a", HEX) + "&passwordFile=" + file("b", "b"),
                "hideNames=true");
        for (String options : bad) {
            assertThatThrownBy(() -> morgana.create(image(options)))
                    .as(options)
                    .isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void keyOfAProgram() throws Exception {
        Morgana morgana = Morgana.load();
        String plain = "ekv+file:" + folder.resolve("x.img");
        Options key = Options.none().with(CryptOptions.KEY, () -> EncryptedProvider.KEY);
        try (FlatStore inner =
                (FlatStore) morgana.at(plain + "?size=256KiB&pageSize=4096").createStore()) {
            Crypt.initialize(inner, key);
        }
        try (FlatStore store = Crypt.over(morgana.openFlat(plain), () -> EncryptedProvider.KEY)) {
            store.put("a".getBytes(StandardCharsets.US_ASCII), new byte[] {7});
            assertThat(store.get("a".getBytes(StandardCharsets.US_ASCII)).orElseThrow())
                    .containsExactly(7);
        }
        FlatStore inner = morgana.openFlat(plain);
        assertThatThrownBy(() -> Crypt.over(inner, () -> {
                    throw new IOException("the token is not plugged in");
                }))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("not plugged in");
        inner.close();
    }

    @Test
    void namesOfTheLayerAreNobodyElses() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        try (KeyValueStore store = bench.open()) {
            Key own = Key.of("morgana.crypt");
            assertThat(store.kind(own)).isEmpty();
            assertThat(store.remove(own)).isFalse();
            assertThatThrownBy(() -> store.set(own, new byte[1])).isInstanceOf(InvalidRequestException.class);
            store.set(Key.of("a"), new byte[1]);
            store.clear();
        }
        try (KeyValueStore store = bench.open()) {
            assertThat(store.list(Key.ROOT)).isEmpty();
        }
    }

    @Test
    void keysDoNotPrintThemselves() {
        assertThat(CryptKey.password("hunter2".toCharArray())).hasToString("password");
        assertThat(EncryptedProvider.KEY).hasToString("key");
        assertThatThrownBy(() -> CryptKey.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CryptKey.password(new char[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
