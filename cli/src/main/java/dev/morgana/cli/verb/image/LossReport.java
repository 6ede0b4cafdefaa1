package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.Details;
import dev.morgana.cli.exchange.TreeSink;
import dev.morgana.cli.output.Counts;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Hands on what a store can hold, and notes what it cannot: names and values beyond its limits, attributes, empty
 * dictionaries, raw keys that are not paths.
 */
final class LossReport implements TreeSink {
    private final TreeSink sink;
    private final Limits limits;
    private final boolean flat;
    private final boolean keepsDictionaries;
    private final boolean keepsAttributes;
    private final List<String> losses = new ArrayList<>();
    private byte[] openDictionary = new byte[0];

    LossReport(Store target, TreeSink sink) {
        this.sink = sink;
        this.limits = target.info().limits();
        this.flat = target instanceof FlatStore;
        this.keepsDictionaries = target.facet(Dictionaries.class).isPresent();
        this.keepsAttributes = target.facet(UserAttributes.class).isPresent();
    }

    /** What is lost, one line for each thing. Complete when everything has been sent. */
    List<String> losses() {
        leaveDictionary(new byte[0]);
        return losses;
    }

    @Override
    public void dictionary(byte[] path, Details details) throws IOException {
        leaveDictionary(path);
        openDictionary = path;
        if (fits(path)) {
            noteAttributes(path, details);
            sink.dictionary(path, details);
        }
    }

    /** A dictionary into which nothing came is lost where only values keep it. */
    private void leaveDictionary(byte[] next) {
        boolean below = next.length > openDictionary.length
                && Arrays.equals(openDictionary, Arrays.copyOf(next, openDictionary.length))
                && next[openDictionary.length] == '/';
        if (!keepsDictionaries && openDictionary.length > 0 && !below) {
            losses.add(name(openDictionary) + ": an empty dictionary");
        }
        openDictionary = new byte[0];
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        leaveDictionary(path);
        if (!fits(path)) {
            return;
        }
        if (isMore(size, limits.valueBytes())) {
            losses.add(name(path) + ": " + size + " bytes, more than "
                    + limits.valueBytes().getAsLong());
            return;
        }
        noteAttributes(path, details);
        sink.value(path, size, content, details);
    }

    private boolean fits(byte[] path) {
        String problem = problem(path);
        if (!problem.isEmpty()) {
            losses.add(name(path) + ": " + problem);
        }
        return problem.isEmpty();
    }

    private String problem(byte[] path) {
        Key key = Key.ofBytes(path);
        if (!flat && (key.isRoot() || !Arrays.equals(key.toBytes(), path) || key.reservedSegment() != null)) {
            return "the raw key is not a path";
        }
        if (isMore(path.length, limits.keyBytes())) {
            return "the key has " + path.length + " bytes, more than "
                    + limits.keyBytes().getAsLong();
        }
        for (int i = 0; !flat && i < key.depth(); i++) {
            if (isMore(key.segment(i).length, limits.segmentBytes())) {
                return "a name has " + key.segment(i).length + " bytes, more than "
                        + limits.segmentBytes().getAsLong();
            }
        }
        return "";
    }

    private void noteAttributes(byte[] path, Details details) {
        if (!keepsAttributes && !details.attributes().isEmpty()) {
            losses.add(name(path) + ": " + Counts.of(details.attributes().size(), "attribute"));
        }
    }

    private static boolean isMore(long bytes, OptionalLong limit) {
        return limit.isPresent() && bytes > limit.getAsLong();
    }

    private static String name(byte[] path) {
        return "/" + Key.escape(path);
    }
}
