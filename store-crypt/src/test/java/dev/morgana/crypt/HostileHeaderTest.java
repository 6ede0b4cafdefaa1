package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.crypt.layout.PasswordCost;
import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that somebody has changed and whose digest is right again: what they say is not authenticated before the key is known. */
class HostileHeaderTest {
    private static final byte[] HEADER = "morgana.crypt".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST = 8;

    @TempDir
    private Path folder;

    private final Morgana morgana = Morgana.load();
    private String plain = "";
    private String address = "";

    @BeforeEach
    void make() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "correct horse");
        plain = "ekv+file:" + folder.resolve("x.img");
        address = "crypt+" + plain + "?passwordFile=" + password;
        try (KeyValueStore store = morgana.create(address + "&size=256KiB&pageSize=4096")) {
            store.set(Key.of("a"), new byte[] {1});
        }
    }

    private byte[] header() throws StoreException {
        try (FlatStore store = morgana.openFlat(plain)) {
            return store.get(HEADER).orElseThrow();
        }
    }

    private void plant(byte[] header) throws StoreException {
        try (FlatStore store = morgana.openFlat(plain)) {
            store.put(HEADER, header);
        }
    }

    private static byte[] digested(byte[] header) throws Exception {
        int end = header.length - DIGEST;
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(header, end));
        System.arraycopy(digest, 0, header, end, DIGEST);
        return header;
    }

    private void plantCost(PasswordCost cost) throws Exception {
        StoreHeader header = StoreHeader.decode(header()).orElseThrow();
        StoreHeader.Terms terms = header.terms();
        plant(new StoreHeader(
                        new StoreHeader.Terms(
                                terms.hiddenNames(),
                                terms.versionIndex(),
                                terms.labelled(),
                                Optional.of(cost),
                                terms.salt(),
                                terms.store(),
                                terms.nonce()),
                        header.ring())
                .encode());
    }

    private void expectNoStore(String opened, int position, byte[] header) throws Exception {
        byte[] changed = header.clone();
        changed[position] ^= 1;
        plant(digested(changed));
        assertThatThrownBy(() -> morgana.open(opened))
                .as("byte %s", position)
                .isInstanceOfAny(CorruptStoreException.class, InvalidOptionException.class, WrongKeyException.class);
    }

    @Test
    void noByteOfOneWithAKey() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "morgana-key:" + "5a".repeat(32));
        String opened = "crypt+" + plain + "?keyFile=" + key;
        morgana.create(opened + "&size=256KiB&pageSize=4096").close();
        byte[] header = header();
        for (int i = 0; i < header.length - DIGEST; i++) {
            if (i < 10 || i >= 17) { // what a password costs is of no account
                expectNoStore(opened, i, header);
            }
        }
        plant(header);
        morgana.open(opened).close();
    }

    /** Each costs a try of the password, so that one byte stands for each field. */
    @Test
    void noFieldOfOneWithAPassword() throws Exception {
        byte[] header = header();
        for (int i : new int[] {0, 7, 8, 9, 12, 15, 16, 17, 33, 49, 73, header.length - DIGEST - 1}) {
            expectNoStore(address, i, header);
        }
        plant(header);
        try (KeyValueStore store = morgana.open(address)) {
            assertThat(store.get(Key.of("a"))).containsExactly(1);
        }
    }

    @Test
    void costsNoMoreThanItsOpenerAllows() throws Exception {
        plantCost(new PasswordCost(256 * 1024 + 1, 1, 1));
        assertThatThrownBy(() -> morgana.open(address))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("maxKdfMemory")
                .hasMessageContaining("268436480 bytes");
        plantCost(new PasswordCost(8, 17, 1));
        assertThatThrownBy(() -> morgana.open(address))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("maxKdfTime")
                .hasMessageContaining("17 passes");
        assertThatThrownBy(() -> morgana.open(address + "&maxKdfTime=17")).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void ownerMayAllowLess() {
        assertThatThrownBy(() -> morgana.open(address + "&maxKdfMemory=32MiB"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("67108864 bytes");
        assertThatThrownBy(() -> morgana.open(address + "&maxKdfTime=2")).isInstanceOf(InvalidOptionException.class);
    }

    /** A heap that is too small is told of as such, and leaves nothing locked. */
    @Test
    void takesMoreThanThereIs() throws Exception {
        byte[] header = header();
        plantCost(new PasswordCost(8 << 20, 1, 1));
        assertThatThrownBy(() -> morgana.open(address + "&maxKdfMemory=16GiB"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("8589934592 bytes exceed")
                .hasMessageContaining("-Xmx");
        plant(header);
        try (KeyValueStore store = morgana.open(address)) {
            assertThat(store.get(Key.of("a"))).containsExactly(1);
        }
    }
}
