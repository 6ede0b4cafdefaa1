package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.block.drivers.layer.NorDevice;
import dev.morgana.block.drivers.layer.NorRule;
import dev.morgana.block.drivers.layer.PowerCutDevice;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.block.drivers.layer.StatisticsRecorder;
import dev.morgana.block.drivers.layer.TornPart;
import dev.morgana.lsm.Ekv;
import dev.morgana.lsm.EkvOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replays one ekv trace on a flash that keeps its rules, and compares every outcome. */
final class EkvTrace {
    private static final HexFormat HEX = HexFormat.of();

    /** A cursor that was asked for its next record before the buffers were large enough. */
    private static final class OpenCursor {
        private final Cursor cursor;
        private boolean waiting;

        OpenCursor(Cursor cursor) {
            this.cursor = cursor;
        }
    }

    private final List<Fields> lines;
    private final Options options;
    private final RamDevice ram;
    private final StatisticsRecorder recorder = new StatisticsRecorder();
    private final PowerSwitch power = new PowerSwitch();
    private final Map<String, ReadTransaction> readers = new HashMap<>();
    private final Map<String, OpenCursor> cursors = new HashMap<>();
    private long seed;
    private @Nullable Ekv store;
    private @Nullable WriteTransaction writer;
    private long mutations;

    private EkvTrace(List<Fields> lines) {
        this.lines = lines;
        Fields config = lines.get(0).object("config");
        JsonNode node = config.node();
        this.options =
                Recipe.options(node).only(EkvOptions.all()).with(EkvOptions.STRICT_ORDER, refusesDisorder(lines));
        config.passOver("note", "made_by");
        EkvOptions.all().forEach(option -> config.passOver(option.name()));
        this.ram = RamDevice.erased(EkvData.geometry(node));
        this.seed = node.get("randomSeed").asLong();
    }

    /** Replays; answers what it cost. */
    static IoCount replay(List<Fields> lines) {
        EkvTrace trace = new EkvTrace(lines);
        Fields last = lines.get(lines.size() - 1);
        for (Fields line : lines.subList(1, lines.size() - 1)) {
            try {
                trace.run(line);
            } catch (StoreException e) {
                throw new AssertionError(line + ": " + e, e);
            }
        }
        trace.finish(last);
        lines.forEach(Fields::rejectUnread);
        return trace.cost();
    }

    /** Where every operation of the trace is played without faults. */
    static boolean isFaultless(List<Fields> lines) {
        return lines.stream()
                .noneMatch(
                        line -> line.find("op").map(JsonNode::asText).orElse("").equals("cut"));
    }

    /** Whether the trace has keys out of order, which ours refuses on request only. */
    private static boolean refusesDisorder(List<Fields> lines) {
        return lines.stream()
                .anyMatch(line ->
                        line.find("out").map(JsonNode::asText).orElse("").equals("NotSorted"));
    }

    private void finish(Fields last) {
        last.passOver("io", "final_image_sha256", "final_image_norm_sha256");
        IoCount before = cost();
        try {
            compare(last, content(Optional.empty(), KeyRange.all()), "final_count", "final_digest");
            reopen();
            compare(last, content(Optional.empty(), KeyRange.all()), "final_count", "final_digest");
        } catch (StoreException e) {
            throw new AssertionError(last + ": " + e, e);
        }
        recorder.reset();
        costBeforeTheEnd = before;
    }

    private @Nullable IoCount costBeforeTheEnd;

    private IoCount cost() {
        if (costBeforeTheEnd != null) {
            return costBeforeTheEnd;
        }
        Statistics counts = recorder.snapshot();
        return new IoCount(
                counts.reads().calls(),
                counts.reads().bytes(),
                counts.programs().calls(),
                counts.programs().bytes(),
                counts.erases().calls(),
                counts.erases().bytes(),
                counts.syncs().calls(),
                mutations);
    }

    /** A device of this moment, which may be left open. */
    private BlockDevice device() {
        return PowerCutDevice.of(StatisticsDevice.of(NorDevice.of(ram, NorRule.ONCE), recorder), power);
    }

    private Options withSeed() {
        return options.with(EkvOptions.RANDOM_SEED, seed);
    }

    private Ekv store() throws StoreException {
        if (store == null) {
            reopen();
        }
        return java.util.Objects.requireNonNull(store);
    }

    private void reopen() throws StoreException {
        store = null;
        store = Ekv.open(device(), withSeed());
    }

    private void run(Fields line) throws StoreException {
        switch (line.text("op")) {
            case "format" -> format(line);
            case "open" -> {
                seed = line.get("seed").asLong();
                expect(line, outcome(this::reopen));
            }
            case "tx" -> transaction(line);
            case "begin" -> {
                writer = store().write();
                expect(line, "ok");
            }
            case "put", "del" -> {
                WriteTransaction open = java.util.Objects.requireNonNull(writer);
                expect(line, outcome(() -> apply(open, line)));
            }
            case "commit", "drop" -> end(line);
            case "commit_poll", "rbegin_poll" -> line.passOver("out", "tx");
            case "rbegin" -> {
                readers.put(line.text("tx"), store().read());
                line.passOver("out");
            }
            case "rend" -> {
                readers.remove(line.text("tx")).close();
                expect(line, "ok");
            }
            case "get" -> get(line);
            case "scan" -> scan(line);
            case "check" -> {
                compare(line, content(Optional.empty(), KeyRange.all()), "count", "digest");
                expect(line, "ok");
            }
            case "cursor", "next", "cclose" -> cursor(line);
            case "io" -> line.passOver("reads", "read_bytes", "progs", "prog_bytes", "erases", "erase_bytes", "syncs");
            case "cut" -> cut(line);
            case "wear" -> wear(line);
            case "scan_race" -> scanRace(line);
            default -> throw new AssertionError(line + ": unknown operation");
        }
    }

    private void format(Fields line) throws StoreException {
        store = null;
        Ekv.format(device(), withSeed());
        reopen();
        expect(line, "ok");
    }

    /** A call that may be refused. */
    private interface Call {
        void run() throws StoreException;
    }

    private static String outcome(Call call) {
        try {
            call.run();
            return "ok";
        } catch (StoreException e) {
            return e.nativeCode().orElse(e.toString());
        }
    }

    private static void expect(Fields line, String found) {
        if (!line.text("out").equals(found)) {
            throw new AssertionError(line + ", found " + found);
        }
    }

    private void apply(WriteTransaction open, Fields item) throws StoreException {
        mutations++;
        if (item.find("val").isPresent()) {
            open.put(EkvData.key(item), EkvData.value(item));
        } else {
            item.passOver("del");
            open.remove(EkvData.key(item));
        }
    }

    /** A transaction that the peer found the flash too full for is written, and dropped (README). */
    private void transaction(Fields line) throws StoreException {
        List<Fields> items = line.objects("items");
        List<String> outs = new ArrayList<>();
        line.find("outs").ifPresent(all -> all.forEach(out -> outs.add(out.asText())));
        if (outs.contains("Corrupted")) {
            items.forEach(item -> {
                EkvData.key(item);
                EkvData.value(item);
            });
            if (!outcome(this::store).equals("Corrupted")) {
                throw new AssertionError(line + ": opens");
            }
            line.passOver("end", "out");
            return;
        }
        boolean full = outs.contains("Full");
        try (WriteTransaction open = store().write()) {
            for (int i = 0; i < items.size(); i++) {
                Fields item = items.get(i);
                String found = outcome(() -> apply(open, item));
                String wanted = full || outs.isEmpty() ? "ok" : outs.get(i);
                if (!found.equals(wanted)
                        && !(full && found.equals("Full") && item.find("val").isPresent())) {
                    throw new AssertionError(line + ": item " + i + " answers " + found);
                }
            }
            if (full) {
                line.passOver("end", "out");
            } else if (line.text("end").equals("drop")) {
                expect(line, "dropped");
            } else {
                expect(line, outcome(open::commit));
            }
        }
    }

    private void end(Fields line) {
        WriteTransaction open = java.util.Objects.requireNonNull(writer);
        writer = null;
        if (line.text("op").equals("drop")) {
            open.close();
            line.passOver("out");
            return;
        }
        String found = outcome(open::commit);
        open.close();
        expect(line, line.text("out").equals("pending") && found.equals("ok") ? "pending" : found);
    }

    private void get(Fields line) throws StoreException {
        byte[] key = EkvData.key(line);
        int most = line.get("cap").asInt();
        String tx = line.find("tx").map(JsonNode::asText).orElse(null);
        byte[][] found = new byte[1][];
        String outcome = outcome(() -> found[0] =
                bound(key, tx == null ? store().get(key) : readers.get(tx).get(key)));
        if (outcome.equals("ok") && found[0].length > most) {
            outcome = "BufferTooSmall";
        }
        expect(line, outcome);
        if (outcome.equals("ok")) {
            describe(line, found[0]);
        }
    }

    private static byte[] bound(byte[] key, Optional<byte[]> value) throws StoreException {
        return value.orElseThrow(
                () -> (NoSuchKeyException) new NoSuchKeyException(Key.ofBytes(key)).withNativeCode("KeyNotFound"));
    }

    private static void describe(Fields line, byte[] value) {
        if (line.get("len").asInt() != value.length || !line.text("sha256").equals(GoldenCase.sha256(value))) {
            throw new AssertionError(line + ", found " + value.length + " bytes " + HEX.formatHex(value));
        }
    }

    private static KeyRange range(Fields line) {
        Optional<Fields> low = line.find("lo").map(present -> line.object("lo"));
        Optional<Fields> high = line.find("hi").map(present -> line.object("hi"));
        return new KeyRange(
                low.map(EkvTrace::bound).orElse(null),
                low.map(bound -> bound.find("incl").isPresent()).orElse(true),
                high.map(EkvTrace::bound).orElse(null),
                high.map(bound -> bound.find("incl").isPresent()).orElse(false));
    }

    private static byte[] bound(Fields bound) {
        return HEX.parseHex(
                bound.find("incl").or(() -> bound.find("excl")).orElseThrow().asText());
    }

    private NavigableMap<byte[], byte[]> content(Optional<String> tx, KeyRange range) throws StoreException {
        if (tx.isPresent()) {
            try (Cursor cursor = readers.get(tx.get()).scan(range, Direction.FORWARD)) {
                return EkvData.rest(cursor);
            }
        }
        try (ReadTransaction reader = store().read();
                Cursor cursor = reader.scan(range, Direction.FORWARD)) {
            return EkvData.rest(cursor);
        }
    }

    private void scan(Fields line) {
        Optional<String> tx = line.find("tx").map(JsonNode::asText);
        KeyRange range = range(line);
        List<NavigableMap<byte[], byte[]>> found = new ArrayList<>();
        expect(line, outcome(() -> found.add(content(tx, range))));
        compare(line, found.isEmpty() ? EkvData.map() : found.get(0), "count", "digest");
        if (!found.isEmpty()) {
            compareReverse(line, tx, range, found.get(0));
        }
    }

    /** The peer has no cursors that go backwards; ours must give the same. */
    private void compareReverse(
            Fields line, Optional<String> tx, KeyRange range, NavigableMap<byte[], byte[]> forward) {
        List<byte[]> keys = new ArrayList<>();
        try (ReadTransaction own = store().read()) {
            ReadTransaction reader = tx.isPresent() ? readers.get(tx.get()) : own;
            try (Cursor cursor = reader.scan(range, Direction.REVERSE)) {
                while (cursor.next()) {
                    keys.add(cursor.key());
                }
            }
        } catch (StoreException e) {
            throw new AssertionError(line + ": " + e, e);
        }
        List<byte[]> expected = new ArrayList<>(forward.descendingKeySet());
        boolean same = keys.size() == expected.size();
        for (int i = 0; same && i < keys.size(); i++) {
            same = java.util.Arrays.equals(keys.get(i), expected.get(i));
        }
        if (!same) {
            throw new AssertionError(line + ": in reverse there are " + keys.size() + " keys");
        }
    }

    private static void compare(Fields line, NavigableMap<byte[], byte[]> found, String count, String digest) {
        if (found.size() != line.get(count).asInt() || !EkvData.digest(found).equals(line.text(digest))) {
            throw new AssertionError(line + ", found " + found.size() + " entries, " + EkvData.digest(found));
        }
    }

    private void cursor(Fields line) throws StoreException {
        String name = line.text("cur");
        switch (line.text("op")) {
            case "cursor" -> {
                cursors.put(name, new OpenCursor(readers.get(line.text("tx")).scan(range(line), Direction.FORWARD)));
                expect(line, "ok");
            }
            case "cclose" -> {
                cursors.remove(name).cursor.close();
                expect(line, "ok");
            }
            default -> next(line, cursors.get(name));
        }
    }

    private static void next(Fields line, OpenCursor open) throws StoreException {
        int longestKey = line.get("kcap").asInt();
        int longestValue = line.get("vcap").asInt();
        if (!open.waiting && !open.cursor.next()) {
            expect(line, "end");
            return;
        }
        open.waiting = true;
        byte[] key = open.cursor.key();
        if (key.length > longestKey) {
            expect(line, "KeyBufferTooSmall");
        } else if (open.cursor.size() > longestValue) {
            expect(line, "ValueBufferTooSmall");
        } else {
            open.waiting = false;
            expect(line, "ok");
            describe(line, open.cursor.value());
            if (!java.util.Arrays.equals(EkvData.key(line), key)) {
                throw new AssertionError(line + ", found key " + HEX.formatHex(key));
            }
        }
    }

    /** Our writes are others than the peer's, so that the place is comparable only: before or after are both right. */
    private void cut(Fields line) throws StoreException {
        List<Fields> items = line.objects("items");
        long operations = operations(items);
        TornPart torn = switch (line.text("torn")) {
            case "none" -> TornPart.NONE;
            case "half" -> TornPart.HALF;
            case "all_but_last" -> TornPart.ALL_BUT_LAST;
            default -> throw new AssertionError(line + ": unknown tear");
        };
        power.cutAfter(line.get("after").asLong() % Math.max(1, operations), torn);
        String found = outcome(() -> write(store(), items));
        power.restore();
        seed = line.get("seed").asLong();
        reopen();
        String state = EkvData.digest(content(Optional.empty(), KeyRange.all()));
        boolean before = state.equals(line.text("before_digest"));
        boolean after = state.equals(line.text("after_digest"));
        // a commit stands before its last operation, which erases the meta page that counts no more
        if (!after && (!before || found.equals("ok"))) {
            throw new AssertionError(line + ": found neither state, " + found);
        }
        line.passOver("out", "mount", "state");
    }

    private void write(Ekv database, List<Fields> items) throws StoreException {
        try (WriteTransaction open = database.write()) {
            for (Fields item : items) {
                apply(open, item);
            }
            open.commit();
        }
    }

    /** How many programs and erases a transaction needs, found out on a copy of a store that was just opened. */
    private long operations(List<Fields> items) throws StoreException {
        reopen();
        PowerSwitch counting = new PowerSwitch();
        Geometry geometry = ram.geometry();
        try (Ekv copy = Ekv.open(PowerCutDevice.of(RamDevice.of(geometry, ram.image()), counting), withSeed())) {
            write(copy, items);
        }
        return counting.operations();
    }

    /** The spread of erases over the pages is no wider than the peer's. */
    private void wear(Fields line) {
        int pages = (int) ram.geometry().blockCount();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int page = 0; page < pages; page++) {
            long erases =
                    recorder.snapshot().block(ram.geometry().startOf(page)).erases();
            least = Math.min(least, erases);
            most = Math.max(most, erases);
        }
        long peers = line.get("max").asLong() - line.get("min").asLong();
        if (most - least > peers) {
            throw new AssertionError(line + ": ours are from " + least + " to " + most);
        }
        line.passOver("mean", "per_page");
    }

    /** The peer's cursors go wrong here; ours must see what was there when they were opened. */
    private void scanRace(Fields line) throws StoreException {
        NavigableMap<byte[], byte[]> seen = EkvData.map();
        try (ReadTransaction reader = store().read();
                Cursor cursor = reader.scan(KeyRange.all(), Direction.FORWARD)) {
            for (int i = 0; i < line.get("first").asInt() && cursor.next(); i++) {
                seen.put(cursor.key(), cursor.value());
            }
            write(store(), List.of(line.object("item")));
            seen.putAll(EkvData.rest(cursor));
        }
        if (!line.text("want_out").equals("ok")) {
            throw new AssertionError(line + ": unknown answer wanted");
        }
        compare(line, seen, "want_count", "want_digest");
        line.passOver("out", "count", "digest");
    }
}
