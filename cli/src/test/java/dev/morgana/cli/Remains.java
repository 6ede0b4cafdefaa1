package dev.morgana.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Searches a medium for headers that a key opens, at every byte where one could begin, with the JDK alone, by the drawing in
 * {@code layout/package-info} of the encryption. Values that a key opens need a header that it opens.
 */
final class Remains {
    private static final byte[] MAGIC = "MGCRYPT2".getBytes(StandardCharsets.US_ASCII);
    private static final int TERMS = 73;
    private static final int[] DATA_KEYS = {1, 2};

    private Remains() {}

    /** The offsets of headers that open with a key of one byte, 32 times; locked with a key, and without a label. */
    static List<Integer> openingWith(byte[] medium, byte[] key) throws GeneralSecurityException {
        byte[] user = new byte[32];
        Arrays.fill(user, key[0]);
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at + TERMS < medium.length; at++) {
            if (Arrays.equals(medium, at, at + MAGIC.length, MAGIC, 0, MAGIC.length) && opens(medium, at, user)) {
                found.add(at);
            }
        }
        return found;
    }

    private static boolean opens(byte[] medium, int at, byte[] user) throws GeneralSecurityException {
        byte[] terms = Arrays.copyOfRange(medium, at, at + TERMS);
        byte[] binding = Arrays.copyOf(Arrays.copyOfRange(terms, 33, 49), 18);
        byte[] lock = hkdf(user, Arrays.copyOfRange(terms, 17, 33), "lock", binding);
        byte[] ringKey = hkdf(lock, Arrays.copyOfRange(terms, 49, 73), "key ring", binding);
        for (int count : DATA_KEYS) {
            int length = 70 + 36 * count + (count > 1 ? 32 : 0) + 16;
            if (at + TERMS + length <= medium.length && isSealed(ringKey, terms, medium, at + TERMS, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSealed(byte[] key, byte[] terms, byte[] medium, int offset, int length)
            throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        nonce[11] = 1;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(terms);
        try {
            cipher.doFinal(medium, offset, length);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        }
    }

    private static byte[] hkdf(byte[] secret, byte[] salt, String purpose, byte[] binding)
            throws GeneralSecurityException {
        byte[] words = ("morgana crypt " + purpose).getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(words.length + 2 + binding.length)
                .put(words)
                .put((byte) 0)
                .put(binding)
                .put((byte) 1)
                .array();
        return hmac(hmac(salt, secret), info);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
