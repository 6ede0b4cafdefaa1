package dev.morgana.crypt.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.layout.PasswordCost;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import dev.morgana.crypt.layout.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

/**
 * Derivations against published vectors, and against other programs: Argon2id of the reference implementation in argon2-cffi
 * 25.1.0, HKDF of cryptography 50.0.2 for Python.
 */
class KnownAnswersTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** So many bytes that count up. */
    private static byte[] counted(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    @Test
    void argon2idOfRfc9106() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(3)
                .withMemoryAsKB(32)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(filled(32, 1), tag);
        assertThat(tag).isEqualTo(hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    private static byte[] material(String password, byte[] salt, PasswordCost cost) throws Exception {
        Terms terms = new Terms(
                false,
                false,
                false,
                Optional.of(cost),
                salt,
                new byte[Binding.STORE_LENGTH],
                new Version(new byte[Version.LENGTH]));
        return new Secret.Password(password.getBytes(StandardCharsets.UTF_8)).material(terms);
    }

    @Test
    void passwordsOfArgon2Cffi() throws Exception {
        assertThat(material("correct horse battery staple", counted(0, 16), PasswordCost.DEFAULT))
                .isEqualTo(hex("853b272a44db1421c02962669a55eb0994f3cab385ed1c4c79253eee19bab49e"));
        assertThat(material("čtyři slova", counted(16, 16), new PasswordCost(64, 1, 2)))
                .isEqualTo(hex("8c84ab8fd6e6f588f99253e67f8541788b0975b528fa3e9bc378f2514548d4b5"));
    }

    @Test
    void hkdfOfRfc5869() {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(new HKDFParameters(filled(22, 0x0b), counted(0, 13), counted(0xf0, 10)));
        byte[] output = new byte[42];
        generator.generateBytes(output, 0, output.length);
        assertThat(output)
                .as("A.1")
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
        generator.init(new HKDFParameters(filled(22, 0x0b), new byte[0], new byte[0]));
        generator.generateBytes(output, 0, output.length);
        assertThat(output)
                .as("A.3")
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @Test
    void derivationsOfCryptography() {
        byte[] secret = counted(100, 32);
        Binding labelled = new Binding(counted(0, 16), "label".getBytes(StandardCharsets.UTF_8));
        assertThat(new Derivation(labelled)
                        .key(secret, counted(0, 24), "value", "name".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(hex("cfefd2d9e52ebc90972ca3210267892effd130c55bc6daa7ea1c0b45611b1d73"));
        Binding plain = new Binding(counted(0, 16), new byte[0]);
        assertThat(new Derivation(plain).key(secret, "versions"))
                .isEqualTo(hex("7c2ab76d21b8d6b48dbc3c1cc3f53cefea0f2dc5ea8887c23ad06fa3a9f5cbaa"));
    }
}
