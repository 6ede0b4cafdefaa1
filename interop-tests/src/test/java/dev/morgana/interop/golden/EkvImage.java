package dev.morgana.interop.golden;

import dev.morgana.lsm.EkvOptions;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** One golden image of ekv, against its manifest. */
final class EkvImage {
    private static final HexFormat HEX = HexFormat.of();
    private static final int PUTS = 40;

    private final EkvProvider provider = new EkvProvider();
    private final GoldenCase golden;
    private final String name;
    private final Fields manifest;
    private final Options options;
    private final byte[] image;

    EkvImage(GoldenCase golden, Fields manifest) {
        this.golden = golden;
        this.name = golden.name();
        this.manifest = manifest;
        this.options = Recipe.options(manifest.get("options"));
        this.image = golden.readImage(name + ".img", manifest.text("image_sha256"));
    }

    void check() throws StoreException {
        switch (manifest.text("expect")) {
            case "ok" -> checkWhole();
            case "recoverable" -> checkRecovery();
            case "corrupt" -> checkDamage();
            default -> throw new AssertionError(name + ": unknown expectation");
        }
    }

    private RamDevice device() {
        var geometry = EkvData.geometry(manifest.get("options"));
        long there = Math.min(geometry.blockCount(), image.length / geometry.blockSize());
        return RamDevice.of(geometry.withBlockCount(there), image);
    }

    private FlatStore open(RamDevice device) throws StoreException {
        // an image that is cut off has fewer pages than its options say
        return (FlatStore) provider.open(List.of(device), withoutCount());
    }

    private Options withoutCount() {
        return options.only(EkvOptions.all().stream()
                .filter(option -> option != EkvOptions.PAGE_COUNT)
                .toList());
    }

    private static NavigableMap<byte[], byte[]> content(FlatStore store) throws StoreException {
        try (Cursor cursor = store.facet(OrderedScan.class).orElseThrow().scan(KeyRange.all(), Direction.FORWARD)) {
            return EkvData.rest(cursor);
        }
    }

    private void checkWhole() throws StoreException {
        RamDevice device = device();
        try (FlatStore store = open(device)) {
            NavigableMap<byte[], byte[]> found = content(store);
            compareEntries(manifest.objects("entries"), found);
            if (!EkvData.digest(found).equals(manifest.text("digest"))) {
                throw new AssertionError(name + ": digest " + EkvData.digest(found));
            }
            for (Map.Entry<byte[], byte[]> entry : found.entrySet()) {
                expectValue(store, entry.getKey(), entry.getValue());
            }
        }
        if (!Arrays.equals(image, device.image())) {
            throw new AssertionError(name + ": reading has written");
        }
        EkvLayout.compare(name, provider, device(), withoutCount(), manifest.object("layout"));
        keepsOnWriting(manifest.text("digest"));
    }

    private void compareEntries(List<Fields> listed, NavigableMap<byte[], byte[]> found) {
        if (listed.size() != found.size()) {
            throw new AssertionError(name + ": " + found.size() + " entries, expected " + listed.size());
        }
        for (Fields entry : listed) {
            byte[] key = EkvData.key(entry);
            byte[] value = found.get(key);
            boolean same = value != null
                    && entry.text("type").equals("value")
                    && value.length == entry.get("size").asInt()
                    && GoldenCase.sha256(value).equals(entry.text("sha256"))
                    && entry.find("value_hex")
                            .map(hex -> hex.asText().equals(HEX.formatHex(value)))
                            .orElse(true);
            if (!same) {
                throw new AssertionError(name + ": " + entry + ", found "
                        + (value == null ? "nothing" : value.length + " bytes " + HEX.formatHex(value)));
            }
        }
    }

    private void expectValue(FlatStore store, byte[] key, byte[] value) throws StoreException {
        if (!Arrays.equals(store.get(key).orElse(null), value)) {
            throw new AssertionError(name + ": get of " + HEX.formatHex(key) + " differs from the scan");
        }
    }

    /** Small transactions go on until the flash is full, and everything is right after each reopening. */
    private void keepsOnWriting(String digest) throws StoreException {
        RamDevice device = device();
        NavigableMap<byte[], byte[]> expected;
        try (FlatStore store = open(device)) {
            expected = content(store);
            if (!EkvData.digest(expected).equals(digest)) {
                throw new AssertionError(name + ": another state when opened for writing");
            }
            for (int i = 0; i < PUTS; i++) {
                put(store, i, expected);
            }
            if (!expected.isEmpty()) {
                byte[] first = expected.firstKey();
                store.remove(first);
                expected.remove(first);
            }
        }
        RamDevice again = RamDevice.of(device.geometry(), device.image());
        try (FlatStore store = open(again)) {
            if (!EkvData.digest(content(store)).equals(EkvData.digest(expected))) {
                throw new AssertionError(name + ": what was written is not there");
            }
        }
    }

    private static void put(FlatStore store, int number, NavigableMap<byte[], byte[]> expected) throws StoreException {
        byte[] key = ("w" + number * 7919 % 97).getBytes(StandardCharsets.US_ASCII);
        byte[] value = EmbedkvTrace.stream(number, number % 50);
        try {
            store.put(key, value);
            expected.put(key, value);
        } catch (NoSpaceException e) {
            // the flash is full; what is there must stay
        }
    }

    private void checkRecovery() throws StoreException {
        String before = manifest.text("before_digest");
        String after = manifest.text("after_digest");
        RamDevice device = device();
        String found;
        Options readOnly = withoutCount().with(CommonOptions.READ_ONLY, true);
        try (FlatStore store = provider.open(List.of(device), readOnly)) {
            NavigableMap<byte[], byte[]> content = content(store);
            found = EkvData.digest(content);
            compareEntries(manifest.objects(found.equals(after) ? "entries_after" : "entries"), content);
        }
        if (!found.equals(before) && !found.equals(after)) {
            throw new AssertionError(name + ": recovered neither state");
        }
        if (!Arrays.equals(image, device.image())) {
            throw new AssertionError(name + ": opening read-only has written");
        }
        if (manifest.text("peer").equals("after") && !found.equals(after)) {
            throw new AssertionError(name + ": the transaction is lost that the peer has");
        }
        keepsOnWriting(found);
        manifest.passOver("cut", "peer_defect", "entries", "entries_after");
    }

    private void checkDamage() throws StoreException {
        GoldenCase base = new GoldenCase(
                golden.format(),
                manifest.text("base"),
                golden.manifest().resolveSibling(manifest.text("base") + ".json"));
        Fields peer = manifest.object("peer");
        EkvDamage damage = new EkvDamage(name, base, peer, () -> open(device()));
        damage.check();
        boolean silent = damage.isSilent();
        expectRobust(1, !peer.text("put").equals("ok") || silent);
        expectRobust(PUTS, !peer.text("forty_puts").equals("ok") || silent);
    }

    /** Writing on damage ends, well or with the damage named; it is never worse for what can be read. */
    private void expectRobust(int puts, boolean mayRefuse) throws StoreException {
        NavigableMap<byte[], byte[]> written = EkvData.map();
        try (FlatStore store = open(device())) {
            for (int i = 0; i < puts; i++) {
                put(store, i, written);
                for (Map.Entry<byte[], byte[]> entry : written.entrySet()) {
                    expectValue(store, entry.getKey(), entry.getValue());
                }
            }
        } catch (CorruptStoreException e) {
            if (!mayRefuse) {
                throw new AssertionError(name + ": " + puts + " puts answer " + e);
            }
        }
    }
}
