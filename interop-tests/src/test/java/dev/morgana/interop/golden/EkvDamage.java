package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.store.FlatStore;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a damaged image answers, against the peer's answers. Where the peer is right we are; where it names the damage, so do we,
 * or are right; where it is silently wrong we give its answer, or name the damage.
 */
final class EkvDamage {
    private static final HexFormat HEX = HexFormat.of();

    /** Opens the image. */
    interface Opening {
        FlatStore open() throws StoreException;
    }

    private final String name;
    private final Fields base;
    private final Fields peer;
    private final Fields scan;
    private final JsonNode others;
    private final Opening opening;

    EkvDamage(String name, GoldenCase base, Fields peer, Opening opening) {
        this.name = name;
        this.base = base.readManifest();
        this.peer = peer;
        this.scan = peer.object("scan");
        Fields get = peer.object("get");
        this.others = get.get("others");
        get.passOver("right");
        this.opening = opening;
    }

    /** Whether the peer gives a wrong answer without a word. */
    boolean isSilent() {
        return others.has("wrong") || others.has("KeyNotFound");
    }

    void check() throws StoreException {
        scan.passOver("out", "count", "digest");
        boolean mounts = peer.text("mount").equals("ok");
        try (FlatStore store = opening.open()) {
            checkScan(store);
            for (Fields entry : base.objects("entries")) {
                checkGet(store, entry);
            }
        } catch (CorruptStoreException e) {
            if (mounts && !isSilent()) {
                throw new AssertionError(name + ": the peer mounts it, we say " + e);
            }
        }
    }

    private void checkScan(FlatStore store) throws StoreException {
        NavigableMap<byte[], byte[]> found;
        try (Cursor cursor = store.facet(OrderedScan.class).orElseThrow().scan(KeyRange.all(), Direction.FORWARD)) {
            found = EkvData.rest(cursor);
        } catch (CorruptStoreException e) {
            boolean right = scan.text("out").equals("ok") && scan.text("digest").equals(base.text("digest"));
            if (right && !isSilent()) {
                throw new AssertionError(name + ": the peer scans it, we say " + e);
            }
            return;
        }
        String digest = EkvData.digest(found);
        if (!digest.equals(base.text("digest")) && !digest.equals(scan.text("digest"))) {
            throw new AssertionError(name + ": a scan of other entries");
        }
    }

    private void checkGet(FlatStore store, Fields entry) throws StoreException {
        byte[] key = EkvData.key(entry);
        String expected = peersAnswers().getOrDefault(HEX.formatHex(key), "right");
        String found;
        try {
            Optional<byte[]> value = store.get(key);
            found = value.isEmpty()
                    ? "KeyNotFound"
                    : GoldenCase.sha256(value.get()).equals(entry.text("sha256")) ? "right" : "wrong";
        } catch (CorruptStoreException e) {
            found = "Corrupted";
        }
        boolean named = found.equals("Corrupted") && (!expected.equals("right") || isSilent());
        if (!found.equals(expected) && !found.equals("right") && !named) {
            throw new AssertionError(name + ": " + entry + " answers " + found + ", the peer " + expected);
        }
    }

    private Map<String, String> peersAnswers() {
        Map<String, String> answers = new HashMap<>();
        others.fields()
                .forEachRemaining(kind -> kind.getValue().forEach(key -> answers.put(key.asText(), kind.getKey())));
        return answers;
    }
}
