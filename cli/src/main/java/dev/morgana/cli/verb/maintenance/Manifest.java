package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.exchange.host.TransferException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of SHA-256 sums with paths, as {@code sha256sum} writes it. */
record Manifest(Path file) {
    private static final Pattern LINE = Pattern.compile("\\\\?([0-9a-fA-F]{64}) [ *](?:\\./)?(.+)");

    /** Compares the contents of a store. */
    void check(ReadableStore store, Consumer<Finding> findings) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) {
                    throw new TransferException(file + ":" + number + ": is not a line of sha256sum");
                }
                compare(store, matcher.group(1).toLowerCase(Locale.ROOT), Key.of(matcher.group(2)), findings);
            }
        }
    }

    private static void compare(ReadableStore store, String wanted, Key key, Consumer<Finding> findings)
            throws IOException {
        String found;
        try {
            found = store.kind(key).equals(Optional.of(Kind.VALUE))
                    ? HexFormat.of().formatHex(store.digest(key))
                    : "no such value";
        } catch (NoSuchKeyException e) {
            found = "no such value";
        }
        if (!found.equals(wanted)) {
            findings.accept(new Finding(
                    Severity.ERROR,
                    "manifest",
                    new Position("image", Position.NO_BLOCK, 0, "content"),
                    wanted,
                    found,
                    key.toString(),
                    false));
        }
    }
}
