package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Reads a store as {@code layout/package-info} describes it, with nothing but the JDK and an HKDF of its own: whoever has the
 * description and the key gets at the values without this library.
 */
class FormatTest {
    private static final byte[] KEY = "a key of thirty-two bytes, as is".getBytes(StandardCharsets.US_ASCII);
    private static final String LABEL = "serial 4711";

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[32] : key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** RFC 5869 with one block of output, which is all that 32 bytes take. */
    private static byte[] hkdf(byte[] secret, byte[] salt, String purpose, byte[] binding, byte[] subject)
            throws GeneralSecurityException {
        byte[] words = ("morgana crypt " + purpose).getBytes(StandardCharsets.US_ASCII);
        return hmac(hmac(salt, secret), words, new byte[1], binding, subject, new byte[] {1});
    }

    @Test
    void hkdfOfThisTest() throws GeneralSecurityException {
        // RFC 5869, A.1, of whose 42 bytes the first 32 are one block.
        byte[] prk = hmac(hex("000102030405060708090a0b0c"), hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));
        assertThat(hmac(prk, hex("f0f1f2f3f4f5f6f7f8f9"), new byte[] {1}))
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits);
    }

    private static byte[] gcm(byte[] key, int number, boolean last, byte[] associated, byte[] sealed)
            throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        ByteBuffer.wrap(nonce).putInt(7, number).put(11, (byte) (last ? 1 : 0));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(sealed);
    }

    private static byte[] ring(byte[] header) throws GeneralSecurityException {
        assertThat(Arrays.copyOf(header, 8)).isEqualTo("MGCRYPT2".getBytes(StandardCharsets.US_ASCII));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(header, header.length - 8));
        assertThat(Arrays.copyOfRange(header, header.length - 8, header.length)).isEqualTo(Arrays.copyOf(digest, 8));
        assertThat(header[9]).as("locked with a key").isZero();
        byte[] salt = Arrays.copyOfRange(header, 17, 33);
        byte[] nonce = Arrays.copyOfRange(header, 49, 73);
        byte[] lock = hkdf(KEY, salt, "lock", binding(header), new byte[0]);
        byte[] terms = Arrays.copyOf(header, 73);
        return gcm(
                hkdf(lock, nonce, "key ring", binding(header), new byte[0]),
                0,
                true,
                terms,
                Arrays.copyOfRange(header, 73, header.length - 8));
    }

    /** The identity of the store, and the label with its length before it. */
    private static byte[] binding(byte[] header) {
        byte[] label = LABEL.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(18 + label.length)
                .put(header, 33, 16)
                .putShort((short) label.length)
                .put(label)
                .array();
    }

    private static byte[] value(byte[] header, String name, byte[] sealed) throws GeneralSecurityException {
        byte[] ring = ring(header);
        assertThat(ring[69]).as("data keys").isEqualTo((byte) 1);
        assertThat(sealed[0]).isEqualTo((byte) 2);
        assertThat(Arrays.copyOfRange(sealed, 1, 5)).isEqualTo(Arrays.copyOfRange(ring, 64, 68));
        byte[] dataKey = Arrays.copyOfRange(ring, 74, 106);
        byte[] version = Arrays.copyOfRange(sealed, 5, 29);
        byte[] key = hkdf(dataKey, version, "value", binding(header), name.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int number = 0;
        for (int offset = 29; offset < sealed.length; offset += 4112) {
            int end = Math.min(sealed.length, offset + 4112);
            byte[] segment = Arrays.copyOfRange(sealed, offset, end);
            value.writeBytes(gcm(key, number++, end == sealed.length, Arrays.copyOf(sealed, 29), segment));
        }
        return value.toByteArray();
    }

    @Test
    void littlefsAndEkvFs() throws Exception {
        for (Workbench bench : new Workbench[] {
            Workbench.of(new LittleFsProvider(), "label", LABEL), Workbench.of(new EkvFsProvider(), "label", LABEL)
        }) {
            for (int size : new int[] {0, 1, 4095, 4096, 4097, 8192, 10_000}) {
                byte[] value = new byte[size];
                new Random(size).nextBytes(value);
                try (KeyValueStore store = bench.open()) {
                    store.set(Key.of("d/v"), value);
                }
                byte[] header = bench.sealed("morgana.crypt");
                assertThat(value(header, "d/v", bench.sealed("d/v"))).isEqualTo(value);
                try (KeyValueStore store = bench.open()) {
                    assertThat(store.size(Key.of("d/v"))).isEqualTo(size);
                    assertThat(store.get(Key.of("d/v"))).isEqualTo(value);
                    assertThat(store.open(Key.of("d/v")).readAllBytes()).isEqualTo(value);
                    for (int offset : new int[] {0, 1, 4000, 4096, 9_999}) {
                        ByteBuffer part = ByteBuffer.allocate(5_000);
                        int count = store.read(Key.of("d/v"), offset, part);
                        assertThat(Arrays.copyOf(part.array(), count))
                                .isEqualTo(
                                        offset >= size
                                                ? new byte[0]
                                                : Arrays.copyOfRange(value, offset, Math.min(size, offset + 5_000)));
                    }
                }
            }
        }
    }
}
