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
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Gets the key that options name. */
final class Keys {
    /** No key file and no password is longer; a wrong path may be that of a disk. */
    private static final int MOST_BYTES = 4096;

    /** What key files begin with, so that a password of 64 digits is never taken for a key. */
    private static final String MARKER = "morgana-key:";

    /** What nobody but the owner of such a file should be allowed. */
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

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

    /** The key that options name, which may name nothing else. */
    static Secret readAlone(Options options) throws StoreException {
        options.check(List.of(CryptOptions.KEY_FILE, CryptOptions.PASSWORD_FILE, CryptOptions.KEY));
        return read(options);
    }

    /** What people should be told of the files that options name. */
    static List<String> warnings(Options options) throws StoreException {
        List<String> warnings = new ArrayList<>();
        for (Option<String> option : List.of(CryptOptions.KEY_FILE, CryptOptions.PASSWORD_FILE)) {
            if (options.has(option) && isOpenToOthers(Path.of(options.get(option)))) {
                warnings.add(
                        options.get(option) + ": others than its owner can read or write it; chmod 600 keeps them out");
            }
        }
        return warnings;
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // it is gone, or its file system has no such permissions
        }
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
        String text = StandardCharsets.ISO_8859_1
                .decode(ByteBuffer.wrap(bytes(CryptOptions.KEY_FILE, file)))
                .toString()
                .strip();
        if (!text.startsWith(MARKER)) {
            throw new InvalidOptionException(
                    CryptOptions.KEY_FILE.name(),
                    file + " does not begin with " + MARKER
                            + ", as key files do; what holds a password is a passwordFile");
        }
        try {
            byte[] key = HexFormat.of().parseHex(text.substring(MARKER.length()));
            if (key.length == KeyRing.KEY_LENGTH) {
                return new Secret.Key(key);
            }
        } catch (IllegalArgumentException e) {
            // no hexadecimal digits: the same answer as for a wrong number of them
        }
        throw new InvalidOptionException(
                CryptOptions.KEY_FILE.name(),
                file + " holds something else than " + 2 * KeyRing.KEY_LENGTH + " hexadecimal digits after " + MARKER);
    }

    private static Secret passwordIn(String file) throws StoreException {
        byte[] bytes = bytes(CryptOptions.PASSWORD_FILE, file);
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        byte[] password = Arrays.copyOf(bytes, end);
        if (new String(bytes, StandardCharsets.ISO_8859_1).startsWith(MARKER)) {
            throw new InvalidOptionException(
                    CryptOptions.PASSWORD_FILE.name(), file + " begins with " + MARKER + ", so it is a keyFile");
        }
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
