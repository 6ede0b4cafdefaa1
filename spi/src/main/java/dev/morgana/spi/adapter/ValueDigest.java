package dev.morgana.spi.adapter;

import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 digest of a value, for {@link dev.morgana.spi.store.ReadableStore#digest} of any store. */
public final class ValueDigest {
    private ValueDigest() {}

    /**
     * Reads a value to its end.
     *
     * @param format the store's format, for messages
     * @param key the key, for messages
     * @param value the bytes; closed
     * @return 32 bytes
     * @throws StoreException if the medium is damaged or fails
     */
    public static byte[] of(String format, Key key, InputStream value) throws StoreException {
        try (value) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[8192];
            for (int count = value.read(buffer); count >= 0; count = value.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return digest.digest();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException(format, "reading " + key + " failed", 0, 0, e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
