package dev.morgana.cli.verb.entry;

import dev.morgana.cli.image.Entries;
import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** From where to where, as mv and cp take it: the second may be a path alone, within the image of the first. */
record EntryPair(StoreAddress source, Key from, StoreAddress target, Key to) {
    static EntryPair of(Session session, String source, String target) throws Exception {
        StoreAddress from = session.address(source);
        Key key = Entries.of(from);
        if (key.isRoot()) {
            boolean onHost = from.driver().isEmpty() && Files.isRegularFile(Path.of(source));
            throw new UsageException(source + ": names no entry; write IMAGE:/path"
                    + (onHost ? ", or copy a file of the host with put" : ""));
        }
        StoreAddress to = target.startsWith("/") && !target.contains(":/")
                ? from.withEntry(Key.of(target))
                : session.address(target);
        if (to.driver().isEmpty() && to.entry().isEmpty() && isNoImage(Path.of(to.part()))) {
            throw new UsageException(target + ": is not an image; write IMAGE:/path, or copy to the host with get");
        }
        return new EntryPair(from, key, to, Entries.of(to));
    }

    private static boolean isNoImage(Path file) {
        return !Files.exists(file) || Files.isDirectory(file);
    }

    boolean isWithinOneImage() {
        return source.driver().equals(target.driver())
                && source.part().equals(target.part())
                && source.storeLayers().equals(target.storeLayers())
                && source.options().asText().equals(target.options().asText());
    }

    /** The key that is meant: below a dictionary that exists, under the old name. */
    Key targetIn(ReadableStore store) throws Exception {
        boolean into = to.isRoot() || store.kind(to).equals(Optional.of(Kind.DICTIONARY));
        return into ? to.child(from.nameBytes()) : to;
    }
}
