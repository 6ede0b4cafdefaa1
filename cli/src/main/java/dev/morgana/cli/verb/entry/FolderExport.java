package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.DamagePolicy;
import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.exchange.host.CreatedFolders;
import dev.morgana.cli.exchange.host.HostName;
import dev.morgana.cli.exchange.host.PartFolder;
import dev.morgana.cli.exchange.host.TransferException;
import dev.morgana.cli.exchange.host.ValueFile;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Copies a dictionary with all that is in it into a folder of the host. */
final class FolderExport {
    private final ReadableStore store;
    private final boolean replace;
    private final boolean skipUnsafe;
    private final DamagePolicy damage;
    private final List<String> skipped = new ArrayList<>();
    private long files;
    private long bytes;

    /**
     * An export; the store stays the caller's.
     *
     * @param replace whether files that exist are replaced
     * @param skipUnsafe whether entries are left out whose names no host should get
     * @param damage what becomes of entries that cannot be read
     */
    FolderExport(ReadableStore store, boolean replace, boolean skipUnsafe, DamagePolicy damage) {
        this.store = store;
        this.replace = replace;
        this.skipUnsafe = skipUnsafe;
        this.damage = damage;
    }

    /** Copies; all names and targets are checked before the first file is made, so that a refused export leaves nothing behind. */
    void run(Key dictionary, Path target) throws IOException {
        check(dictionary, target);
        try (CreatedFolders created = new CreatedFolders()) {
            created.make(target);
            try (PartFolder parts = PartFolder.in(target)) {
                copy(dictionary, target, created, parts);
            }
        }
    }

    /** The entries that were left out, for their names. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** How many files were made. */
    long files() {
        return files;
    }

    /** The sum of their sizes. */
    long bytes() {
        return bytes;
    }

    private void check(Key dictionary, Path target) throws IOException {
        DamagePolicy later = damage == DamagePolicy.FAIL ? damage : (key, found) -> {}; // copying finds it again
        Set<String> folded = new TreeSet<>();
        Listing.visit(store, dictionary, later, (entry, last) -> {
            if (!HostName.isSafe(entry.key()) && skipUnsafe) {
                skipped.add(entry.key().toString());
                return;
            }
            Path file = target.resolve(HostName.of(entry.key()));
            String name = Key.escape(entry.key().nameBytes());
            if (!folded.add(name.toLowerCase(Locale.ROOT)) && !skipUnsafe) {
                throw new TransferException(entry.key() + ": another name differs only in case, so one file would"
                        + " replace the other on some systems; use --skip-unsafe to go on anyway");
            }
            if (entry.kind() == Kind.DICTIONARY) {
                checkFolder(file);
                check(entry.key(), file);
            } else {
                ValueFile.checkTarget(file, replace);
            }
        });
    }

    private void copy(Key dictionary, Path target, CreatedFolders created, PartFolder parts) throws IOException {
        Listing.visit(store, dictionary, damage, (entry, last) -> {
            if (!HostName.isSafe(entry.key())) {
                return;
            }
            Path file = target.resolve(HostName.of(entry.key()));
            if (entry.kind() == Kind.DICTIONARY) {
                checkFolder(file);
                created.make(file);
                copy(entry.key(), file, created, parts);
            } else {
                ValueFile.write(store, entry.key(), file, replace, parts);
                files++;
                bytes += store.size(entry.key());
            }
        });
        created.keep(target);
    }

    /** A link that stands where a folder is wanted would lead out of the target. */
    private static void checkFolder(Path folder) throws TransferException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new TransferException(folder + " exists and is not a folder");
        }
    }
}
