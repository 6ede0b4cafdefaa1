package dev.morgana.sftp;

import dev.morgana.cli.extension.VerbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;

/**
 * Who may log in.
 *
 * @param user the name
 * @param keys a file of public keys, one a line, as in {@code authorized_keys}
 * @param password what must be typed
 */
record Admission(String user, Optional<Path> keys, Optional<String> password) {
    /**
     * Reads what the words name.
     *
     * @param keys the name of a file of public keys, or empty
     * @param passwordFile the name of a file whose first line is the password, or empty
     * @throws VerbException if nobody could be told from anybody else
     */
    static Admission of(String user, String keys, String passwordFile) throws IOException, VerbException {
        if (keys.isEmpty() && passwordFile.isEmpty()) {
            throw VerbException.usage("nobody is let in without a key or a password: give --key or --password-file");
        }
        Optional<Path> keyFile = keys.isEmpty() ? Optional.empty() : Optional.of(Path.of(keys));
        if (keyFile.isPresent() && !Files.isReadable(keyFile.get())) {
            throw VerbException.usage(keys + ": no such file, or not readable");
        }
        return new Admission(
                user, keyFile, passwordFile.isEmpty() ? Optional.empty() : Optional.of(password(passwordFile)));
    }

    private static String password(String file) throws IOException, VerbException {
        String first = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                .findFirst()
                .orElse("");
        if (first.isEmpty()) {
            throw VerbException.usage(file + ": the first line, which is the password, is empty");
        }
        return first;
    }

    void applyTo(SshServer server) {
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        server.setPublickeyAuthenticator((name, key, session) -> name.equals(user)
                && keys.isPresent()
                && new AuthorizedKeysAuthenticator(keys.get()).authenticate(name, key, session));
        server.setPasswordAuthenticator(
                (name, typed, session) -> name.equals(user) && password.isPresent() && isSame(password.get(), typed));
    }

    /** In the same time whatever differs. */
    private static boolean isSame(String password, String typed) {
        return MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }
}
