package dev.morgana.crypt;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.seal.Secret;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Gets the key that options name. */
final class Keys {
    /** No key file and no password is longer; a wrong path may be that of a disk. */
    private static final int MOST_BYTES = 4096;

    private Keys() {}

    static Secret read(Options options) throws StoreException {
        List<Option<?>> named =
                List.<Option<?>>of(CryptOptions.KEY_FILE, CryptOptions.PASSWORD_FILE, CryptOptions.KEY).stream()
                        .filter(options::has)
                        .toList();
        if (named.size() != 1) {
            throw new InvalidOptionException(
                    CryptOptions.KEY_FILE.name(),
                    "exactly one of keyFile, passwordFile and key opens an encrypted store");
        }
        if (options.has(CryptOptions.KEY)) {
            return fromProgram(options.get(CryptOptions.KEY));
        }
        return options.has(CryptOptions.KEY_FILE)
                ? keyIn(options.get(CryptOptions.KEY_FILE))
                : passwordIn(options.get(CryptOptions.PASSWORD_FILE));
    }

    private static Secret fromProgram(KeySource source) throws StoreException {
        try {
            return source.key().secret();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(CryptOptions.KEY, "the key", e);
        }
    }

    private static InvalidOptionException unreadable(Option<?> option, String what, Exception e) {
        return new InvalidOptionException(option.name(), what + " cannot be read: " + reason(e), e);
    }

    private static String reason(Exception error) {
        if (error instanceof NoSuchFileException) {
            return error.getMessage() + ": there is no such file";
        }
        return error instanceof AccessDeniedException
                ? error.getMessage() + ": permission denied"
                : String.valueOf(error.getMessage());
    }

    private static Secret keyIn(String file) throws StoreException {
        byte[] bytes = bytes(CryptOptions.KEY_FILE, file);
        if (bytes.length == KeyRing.KEY_LENGTH) {
            return new Secret.Key(bytes);
        }
        try {
            byte[] key = HexFormat.of()
                    .parseHex(StandardCharsets.US_ASCII
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                            .strip());
            if (key.length == KeyRing.KEY_LENGTH) {
                return new Secret.Key(key);
            }
        } catch (IllegalArgumentException e) {
            // no hexadecimal digits: the same answer as for a wrong number of them
        }
        throw new InvalidOptionException(
                CryptOptions.KEY_FILE.name(),
                file + " holds neither " + KeyRing.KEY_LENGTH + " bytes nor " + 2 * KeyRing.KEY_LENGTH
                        + " hexadecimal digits");
    }

    private static Secret passwordIn(String file) throws StoreException {
        byte[] bytes = bytes(CryptOptions.PASSWORD_FILE, file);
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        byte[] password = Arrays.copyOf(bytes, end);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
        } catch (CharacterCodingException e) {
            throw unreadable(CryptOptions.PASSWORD_FILE, file, e);
        }
        if (end == 0) {
            throw new InvalidOptionException(CryptOptions.PASSWORD_FILE.name(), file + " holds no password");
        }
        return new Secret.Password(password);
    }

    private static byte[] bytes(Option<?> option, String file) throws InvalidOptionException {
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InvalidOptionException(option.name(), file + " is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (InvalidOptionException e) {
            throw e;
        } catch (IOException | InvalidPathException e) {
            throw unreadable(option, file, e);
        }
    }
}
