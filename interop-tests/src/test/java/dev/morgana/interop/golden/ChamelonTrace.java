package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.littlefs.ChamelonModel;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.RenameIntoSelfException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.tck.device.RamDevice;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replays one trace of chamelon, by the contract or as chamelon itself writes: see the README of the golden data. By the contract
 * every outcome and every tree is compared with {@code want} where that is given; as chamelon writes, every image too.
 */
final class ChamelonTrace {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH_DIGITS = 16;
    private static final int SHORT_VALUE = 32;
    private static final int SHORT_LIST = 12;
    private static final long PICOSECONDS_PER_SECOND = 1_000_000_000_000L;
    private static final long PICOSECONDS_PER_NANOSECOND = 1_000;
    private static final long SECONDS_PER_DAY = 86_400;

    /** By class, the subclasses of nothing. */
    private static final Map<Class<? extends StoreException>, String> NAMES = Map.of(
            NoSuchKeyException.class, "Not_found",
            DictionaryExpectedException.class, "Dictionary_expected",
            ValueExpectedException.class, "Value_expected",
            KeyExistsException.class, "Already_present",
            NoSpaceException.class, "No_space",
            RenameIntoSelfException.class, "Rename_source_prefix",
            LimitExceededException.class, "Limit_exceeded",
            InvalidRequestException.class, "Refused");

    /** What lines tell beside outcomes, and what one of the two kinds of replay does not look at. */
    private static final String[] EXPLANATIONS = {
        "reads",
        "writes",
        "error_key",
        "exception",
        "peer_defect",
        "w6",
        "beyond_end",
        "clock_reads",
        "space",
        "at",
        "kind",
        "len",
        "hex",
        "sha256",
        "entries",
        "n",
        "entries_sha256",
        "digest",
        "size",
        "cuts",
        "inner",
        "out",
        "want",
        "want_tree",
        "tree",
        "image_sha256",
        "key",
        "key_hex",
        "dest",
        "data",
        "offset",
        "length"
    };

    private final List<Fields> lines;
    private final boolean asPeer;
    private final Options options;
    private final Geometry geometry;
    private RamDevice ram;
    private @Nullable KeyValueStore store;
    private Instant now = Instant.EPOCH;

    /** Whether the images are still to be the recorded ones: chamelon's own lack of space cannot be repeated. */
    private boolean sameBytes;

    /** Whether chamelon went on where there was no room, over what was there. */
    private boolean ended;

    /** How many images were compared and equal. */
    private int images;

    private ChamelonTrace(GoldenCase golden, boolean asPeer) {
        this.lines = golden.readTrace();
        this.asPeer = asPeer;
        Fields config = lines.get(0).object("config");
        this.sameBytes = asPeer;
        this.options = Recipe.options(config.get("options")).with(CommonOptions.CLOCK, () -> now);
        JsonNode sizes = config.get("options");
        int blockSize = sizes.get("blockSize").asInt();
        this.geometry = new Geometry(1, 1, blockSize, sizes.get("blockCount").asLong(), ErasedState.UNDEFINED);
        byte[] image = config.find("start_image")
                .map(name -> startImage(golden, name.asText()))
                .orElseGet(() -> new byte[(int) geometry.sizeBytes()]);
        this.ram = RamDevice.of(geometry, image);
    }

    /** The image of another case, which its manifest names. */
    private static byte[] startImage(GoldenCase golden, String name) {
        GoldenCase start =
                GoldenCase.images(golden.manifest().getParent().getParent().getParent(), golden.format()).stream()
                        .filter(image -> image.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return start.readImage(name + ".img", start.readManifest().text("image_sha256"));
    }

    static boolean isClean(GoldenCase golden) {
        return golden.readTrace().get(0).object("config").get("clean").asBoolean();
    }

    /**
     * Replays a trace.
     *
     * @param asPeer whether to write as chamelon does
     * @return how many images were the recorded ones
     */
    static int replay(GoldenCase golden, boolean asPeer) {
        ChamelonTrace trace = new ChamelonTrace(golden, asPeer);
        int last = trace.lines.size() - 1;
        for (int i = 1; i < last && !trace.ended; i++) {
            Fields line = trace.lines.get(i);
            try {
                trace.run(line);
            } catch (AssertionError | StoreException e) {
                throw new AssertionError("line " + (i + 1) + " " + line + ": " + e, e);
            }
            line.passOver(EXPLANATIONS);
            line.rejectUnread();
        }
        return trace.images;
    }

    private KeyValueStore store() {
        return Objects.requireNonNull(store);
    }

    private void connect() throws StoreException {
        store = asPeer ? ChamelonModel.connect(ram, options) : new LittleFsProvider().open(List.of(ram), options);
    }

    private void run(Fields line) throws StoreException {
        String op = line.text("op");
        if (line.find("at").isPresent() && !op.equals("last_modified")) {
            now = instant(line.get("at"));
        }
        switch (op) {
            case "format" -> new LittleFsProvider().format(List.of(ram), options);
            case "connect" -> connect();
            case "disconnect" -> {
                byte[] image = ram.image();
                store().close();
                ram = RamDevice.of(geometry, image);
            }
            case "cut" -> {
                if (!asPeer) {
                    cut(line);
                }
            }
            default -> {
                byte[] before = line.find("space").isPresent() ? ram.image() : null;
                String found = outcome(() -> operate(op, line));
                compare(line, op, found, before);
            }
        }
        if (ended) {
            return;
        }
        if (line.find("tree").isPresent() && store != null) {
            String wanted = line.find("want_tree").map(JsonNode::asText).orElse(line.text("tree"));
            expect(line, wanted, tree(store()));
        }
        if (sameBytes && line.find("image_sha256").isPresent()) {
            expect(line, line.text("image_sha256"), GoldenCase.sha256(ram.image()));
            images++;
        }
    }

    private interface Operation {
        String run() throws StoreException;
    }

    /** The outcome as the trace writes it: an error, or "ok" with what was answered. */
    private static String outcome(Operation operation) throws StoreException {
        try {
            return "ok " + operation.run();
        } catch (StoreException e) {
            String name = NAMES.get(e.getClass());
            if (name == null) {
                throw e;
            }
            return name;
        } catch (IllegalArgumentException e) {
            return "invalid_argument";
        }
    }

    private void compare(Fields line, String op, String found, byte @Nullable [] before) throws StoreException {
        boolean full = line.find("space").isPresent();
        if (full && found.startsWith("ok")) {
            store().close();
            ram = RamDevice.of(geometry, Objects.requireNonNull(before));
            connect();
            sameBytes = false;
            return;
        }
        if (found.equals("No_space") && line.text("out").equals("ok") && needsMoreThanThereIs(line)) {
            ended = true;
            return;
        }
        JsonNode wanted = line.find("want").orElse(line.node());
        String out = wanted.get("out").asText();
        if (!out.equals("ok")) {
            boolean root = (op.equals("remove") || op.equals("rename"))
                    && key(line, "key").isRoot();
            expect(line, root ? "Refused" : out, found);
            return;
        }
        String answer = answer(op, wanted, found);
        expect(line, "ok " + answer, found);
    }

    /** Whether the device has fewer blocks than what is there and what comes take; then chamelon has overwritten something. */
    private boolean needsMoreThanThereIs(Fields line) throws StoreException {
        long blocks = 2 + blocks(LittlefsData.bytes(line.get("data")).length);
        List<Key> pending = new ArrayList<>(List.of(Key.ROOT));
        while (!pending.isEmpty()) {
            for (Entry entry : sorted(store(), pending.remove(0))) {
                if (entry.kind() == Kind.DICTIONARY) {
                    pending.add(entry.key());
                    blocks += 2;
                } else {
                    blocks += blocks(store().size(entry.key()));
                }
            }
        }
        return blocks > geometry.blockCount() - 2;
    }

    private long blocks(long size) {
        return size <= geometry.blockSize() / 4 ? 0 : (size + geometry.blockSize() - 1) / geometry.blockSize();
    }

    /** What a line says was answered. Times and digests of dictionaries are everybody's own. */
    private static String answer(String op, JsonNode wanted, String found) {
        return switch (op) {
            case "exists" ->
                wanted.get("kind").isNull() ? "null" : wanted.get("kind").asText();
            case "get", "get_partial" ->
                wanted.get("len").asText() + " "
                        + (wanted.has("hex")
                                ? wanted.get("hex").asText()
                                : wanted.get("sha256").asText());
            case "list" ->
                wanted.has("entries")
                        ? entries(wanted.get("entries"))
                        : wanted.get("n").asText() + " "
                                + wanted.get("entries_sha256").asText();
            case "size" -> wanted.get("size").asText();
            case "digest" -> found.endsWith("-") ? "-" : wanted.get("digest").asText();
            case "last_modified" ->
                found.endsWith("-") ? "-" : instant(wanted.get("at")).toString();
            default -> "";
        };
    }

    private static String entries(JsonNode entries) {
        List<String> names = new ArrayList<>();
        entries.forEach(entry -> names.add(entry.get(0).asText() + entry.get(1).asText()));
        return names.toString();
    }

    private static void expect(Fields line, String expected, String found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    private static Instant instant(JsonNode at) {
        long picoseconds = at.get(1).asLong();
        return Instant.ofEpochSecond(
                at.get(0).asLong() * SECONDS_PER_DAY + picoseconds / PICOSECONDS_PER_SECOND,
                picoseconds % PICOSECONDS_PER_SECOND / PICOSECONDS_PER_NANOSECOND);
    }

    private static Key key(Fields line, String name) {
        return line.find(name + "_hex")
                .map(hex -> Key.ofBytes(HEX.parseHex(hex.asText())))
                .orElseGet(() -> Key.of(line.text(name)));
    }

    private String operate(String op, Fields line) throws StoreException {
        Key key = key(line, "key");
        switch (op) {
            case "exists":
                return store().kind(key)
                        .map(kind -> kind == Kind.VALUE ? "value" : "dictionary")
                        .orElse("null");
            case "get":
                return value(store().get(key));
            case "get_partial":
                return part(key, line.get("offset").asLong(), line.get("length").asInt());
            case "list":
                return list(key);
            case "size":
                return Long.toString(kind(key) == Kind.DICTIONARY ? store().totalSize(key) : store().size(key));
            case "digest":
                return kind(key) == Kind.DICTIONARY ? "-" : HEX.formatHex(store().digest(key));
            case "last_modified":
                Optional<Instant> time = store().lastModified(key);
                return kind(key) == Kind.DICTIONARY
                        ? "-"
                        : time.map(Instant::toString).orElse("none");
            default:
                change(op, line, key);
                return "";
        }
    }

    private @Nullable Kind kind(Key key) throws StoreException {
        return store().kind(key).orElse(null);
    }

    private void change(String op, Fields line, Key key) throws StoreException {
        switch (op) {
            case "set" -> store().set(key, LittlefsData.bytes(line.get("data")), SetOption.REPLACE_DICTIONARY);
            case "set_partial" -> write(key, line.get("offset").asLong(), LittlefsData.bytes(line.get("data")));
            case "allocate" -> store().allocate(key, line.get("size").asLong());
            case "remove" -> store().remove(key);
            case "rename" -> rename(key, key(line, "dest"));
            default -> throw new AssertionError("unknown operation " + op);
        }
    }

    /** Chamelon writes the whole value again even where no byte of it changes. */
    private void write(Key key, long offset, byte[] data) throws StoreException {
        if (asPeer && data.length == 0) {
            store().set(key, store().get(key));
        } else {
            if (data.length == 0 && store().kind(key).isEmpty()) {
                store().allocate(
                                key, 0); // Nothing written is nothing done in our interface; the recorded one makes the
                // value.
            }
            store().write(key, offset, ByteBuffer.wrap(data), BeyondEnd.APPEND);
        }
    }

    /** Chamelon's own rename sets the target and removes the source. */
    private void rename(Key source, Key target) throws StoreException {
        if (asPeer) {
            store().set(target, store().get(source));
            store().remove(source);
        } else {
            store().rename(source, target, RenameMode.INTO_DICTIONARY);
        }
    }

    private static String value(byte[] bytes) {
        return bytes.length + " " + (bytes.length <= SHORT_VALUE ? HEX.formatHex(bytes) : GoldenCase.sha256(bytes));
    }

    private String part(Key key, long offset, int length) throws StoreException {
        if (length < 0) {
            throw new IllegalArgumentException("a negative length");
        }
        ByteBuffer target = ByteBuffer.allocate(length);
        store().read(key, offset, target);
        return value(Arrays.copyOf(target.array(), target.position()));
    }

    private String list(Key key) throws StoreException {
        List<String> lines = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        List<Entry> entries = sorted(store(), key);
        entries.sort(Comparator.comparing(entry -> name(entry.key())));
        for (Entry entry : entries) {
            String letter = entry.kind() == Kind.VALUE ? "f" : "d";
            lines.add(letter + " " + name(entry.key()) + "\n");
            shown.add(letter + name(entry.key()));
        }
        return lines.size() <= SHORT_LIST
                ? shown.toString()
                : lines.size() + " " + hash(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Key key) {
        byte[] bytes = bytes(key);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean printable = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                && text.chars().noneMatch(Character::isISOControl);
        return printable ? text : HEX.formatHex(bytes);
    }

    private static byte[] bytes(Key key) {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        for (int i = 0; i < key.depth(); i++) {
            path.write('/');
            path.writeBytes(key.segment(i));
        }
        return key.isRoot() ? new byte[] {'/'} : path.toByteArray();
    }

    private static List<Entry> sorted(KeyValueStore store, Key key) throws StoreException {
        try (Stream<Entry> entries = store.list(key)) {
            List<Entry> all = new ArrayList<>(entries.toList());
            all.sort((a, b) ->
                    Arrays.compareUnsigned(a.key().nameBytes(), b.key().nameBytes()));
            return all;
        }
    }

    private static String hash(byte[] bytes) {
        return GoldenCase.sha256(bytes).substring(0, HASH_DIGITS);
    }

    private static String tree(KeyValueStore store) throws StoreException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        collect(store, Key.ROOT, lines);
        return hash(lines.toByteArray());
    }

    private static void collect(KeyValueStore store, Key key, ByteArrayOutputStream lines) throws StoreException {
        for (Entry entry : sorted(store, key)) {
            boolean file = entry.kind() == Kind.VALUE;
            lines.writeBytes((file ? "f " : "d ").getBytes(StandardCharsets.UTF_8));
            lines.writeBytes(bytes(entry.key()));
            if (file) {
                byte[] value = store.get(entry.key());
                lines.writeBytes(
                        (" " + value.length + " " + GoldenCase.sha256(value)).getBytes(StandardCharsets.UTF_8));
            }
            lines.write('\n');
            if (!file) {
                collect(store, entry.key(), lines);
            }
        }
    }

    /** Cuts the power at every point of an operation of ours, on a copy: there is what was before, or what is right after. */
    private void cut(Fields line) throws StoreException {
        byte[] image = ram.image();
        Fields inner = line.object("inner");
        now = instant(inner.get("at"));
        KeyValueStore real = store();
        RamDevice kept = ram;
        try {
            String before = tree(real);
            ram = RamDevice.of(geometry, image);
            connect();
            outcome(() -> operate(inner.text("op"), inner));
            String after = tree(store());
            for (int cut = 0; ; cut++) {
                CutDevice device = new CutDevice(RamDevice.of(geometry, image), cut);
                store = new LittleFsProvider().open(List.of(device), options);
                boolean finished = device.run(() -> operate(inner.text("op"), inner));
                store = new LittleFsProvider().open(List.of(RamDevice.of(geometry, device.image())), options);
                String found = tree(store());
                boolean moved =
                        inner.text("op").equals("rename") && key(inner, "dest").depth() > 1;
                if (!found.equals(after) && !found.equals(before) && !moved) {
                    throw new AssertionError("cut " + cut + " leaves neither what was before nor what is after");
                }
                if (finished) {
                    break;
                }
            }
        } finally {
            ram = kept;
            store = real;
        }
    }
}
