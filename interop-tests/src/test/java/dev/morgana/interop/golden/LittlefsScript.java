package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.morgana.block.drivers.layer.BadBlockDevice;
import dev.morgana.block.drivers.layer.BadBlocks;
import dev.morgana.block.drivers.layer.BlockFault;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the operations of littlefs manifests that only read, as the README of the golden data defines them. An operation that
 * writes ends the script as long as the writing half is not built.
 */
final class LittlefsScript {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_BYTES = 32;
    private static final int ENTRY_ROWS = 24;

    /** Operations of the syntax that change the image. */
    private static final Set<String> WRITING = Set.of(
            "format",
            "mkconsistent",
            "gc",
            "grow",
            "resize_device",
            "put",
            "append",
            "mkdir",
            "remove",
            "rename",
            "setattr",
            "removeattr",
            "set_open_attr",
            "write",
            "truncate",
            "sync",
            "settle",
            "cut",
            "power");

    private final StoreProvider provider;
    private final Options options;
    private final BlockDevice device;
    private final BadBlocks bad = new BadBlocks();
    private KeyValueStore mounted;
    private Key opened;

    LittlefsScript(StoreProvider provider, Options options, BlockDevice device) {
        this.provider = provider;
        this.options = options;
        this.device = device;
    }

    /** Runs operations in order, up to the first that writes. */
    void run(List<Fields> operations) {
        for (Fields operation : operations) {
            String name = operation.text("op");
            if (isWriting(name, operation)) {
                break;
            }
            JsonNode expected = operation.get("r");
            JsonNode found = perform(name, operation);
            if (!expected.equals(found)) {
                throw new AssertionError(operation.where() + ": " + operation.node() + ", found " + found);
            }
        }
        operations.forEach(operation ->
                operation.passOver("op", "r", "path", "data", "type", "block", "mode", "h", "flags", "len"));
    }

    private static boolean isWriting(String name, Fields operation) {
        boolean opensToWrite = name.equals("open")
                && operation.find("flags").map(JsonNode::toString).orElse("").contains("WR");
        return WRITING.contains(name) || opensToWrite;
    }

    private JsonNode perform(String name, Fields operation) {
        try {
            return switch (name) {
                case "mount" -> mount();
                case "unmount" -> unmount();
                case "list" -> list(key(operation));
                case "stat" -> stat(key(operation));
                case "get" -> bytes(mounted.get(key(operation)));
                case "tree" -> tree();
                case "fs_stat" -> fsStat();
                case "fs_size" -> fsSize();
                case "getattr" ->
                    attribute(key(operation), operation.get("type").asInt());
                case "bad" -> bad(operation);
                case "open" -> open(key(operation));
                case "read" -> read(operation.get("len").asInt());
                case "close" -> text("ok");
                default -> throw new AssertionError(operation.where() + ": unknown operation " + name);
            };
        } catch (StoreException e) {
            return text(e.nativeCode().orElseThrow(() -> new AssertionError(operation.node() + ": no native code", e)));
        }
    }

    private static Key key(Fields operation) {
        return Key.of(operation.text("path"));
    }

    private static JsonNode text(String text) {
        return JSON.textNode(text);
    }

    private JsonNode mount() throws StoreException {
        BlockDevice layered = BadBlockDevice.of(device.reshape(device.geometry()), bad);
        mounted = (KeyValueStore) provider.open(List.of(layered), options.with(CommonOptions.READ_ONLY, true));
        return text("ok");
    }

    /** The device goes on, so the store is dropped and not closed. */
    private JsonNode unmount() {
        mounted = null;
        return text("ok");
    }

    private JsonNode bad(Fields operation) {
        String mode = operation.text("mode");
        long block = operation.get("block").asLong();
        if (mode.equals("good")) {
            bad.clear(block);
        } else {
            bad.mark(block, BlockFault.valueOf(mode.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return text("ok");
    }

    private List<Entry> entries(Key dictionary) throws StoreException {
        try (Stream<Entry> entries = mounted.list(dictionary)) {
            LittlefsOrder order = new LittlefsOrder();
            return entries.sorted((a, b) -> order.compare(a.key(), b.key())).toList();
        }
    }

    private JsonNode list(Key dictionary) throws StoreException {
        var rows = JSON.arrayNode();
        StringBuilder lines = new StringBuilder();
        for (String dots : List.of(".", "..")) {
            rows.add(JSON.arrayNode().add("d").add(dots));
            lines.append("d\t").append(dots).append('\n');
        }
        for (Entry entry : entries(dictionary)) {
            byte[] bytes = entry.key().nameBytes();
            String name = new String(bytes, StandardCharsets.ISO_8859_1);
            if (entry.kind() == Kind.DICTIONARY) {
                rows.add(JSON.arrayNode().add("d").add(name(bytes)));
                lines.append("d\t").append(name).append('\n');
            } else {
                long size = mounted.size(entry.key());
                rows.add(number(JSON.arrayNode().add("f").add(name(bytes)), size));
                lines.append('f').append(size).append('\t').append(name).append('\n');
            }
        }
        ObjectNode result = JSON.objectNode().put("n", rows.size());
        if (rows.size() <= ENTRY_ROWS) {
            result.set("entries", rows);
        } else {
            result.put("sha256", digest(lines));
        }
        return result;
    }

    /** Names are bytes, and ISO-8859-1 maps each byte to one character and back. */
    private static String digest(StringBuilder lines) {
        return GoldenCase.sha256(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A name in an outcome: text where it is UTF-8, else its bytes. */
    private static JsonNode name(byte[] bytes) {
        try {
            return text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return JSON.objectNode().put("hex", HEX.formatHex(bytes));
        }
    }

    /** JSON numbers are equal only at equal width, and small ones are read as ints. */
    private static com.fasterxml.jackson.databind.node.ArrayNode number(
            com.fasterxml.jackson.databind.node.ArrayNode array, long value) {
        return value <= Integer.MAX_VALUE ? array.add((int) value) : array.add(value);
    }

    private JsonNode stat(Key key) throws StoreException {
        Kind kind = mounted.kind(key).orElseThrow(() -> notThere(key));
        ObjectNode result = JSON.objectNode();
        if (kind == Kind.VALUE) {
            result.put("type", "file").put("size", (int) mounted.size(key));
        } else {
            result.put("type", "dir");
        }
        return result.put("name", key.isRoot() ? "/" : key.name());
    }

    private static StoreException notThere(Key key) {
        return new dev.morgana.spi.error.NoSuchKeyException(key).withNativeCode("NOENT");
    }

    private static JsonNode bytes(byte[] bytes) {
        ObjectNode result = JSON.objectNode().put("len", bytes.length);
        return bytes.length <= HEX_BYTES
                ? result.put("hex", HEX.formatHex(bytes))
                : result.put("sha256", GoldenCase.sha256(bytes));
    }

    private JsonNode tree() throws StoreException {
        var rows = JSON.arrayNode();
        StringBuilder lines = new StringBuilder();
        walk(Key.ROOT, rows, lines);
        ObjectNode result = JSON.objectNode().put("n", rows.size());
        result.put("sha256", digest(lines));
        if (rows.size() <= ENTRY_ROWS) {
            result.set("entries", rows);
        }
        return result;
    }

    private void walk(Key dictionary, com.fasterxml.jackson.databind.node.ArrayNode rows, StringBuilder lines)
            throws StoreException {
        for (Entry entry : entries(dictionary)) {
            byte[] bytes = ("/" + new String(entry.key().toBytes(), StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
            String path = new String(bytes, StandardCharsets.ISO_8859_1);
            if (entry.kind() == Kind.DICTIONARY) {
                rows.add(JSON.arrayNode().add("d").add(name(bytes)));
                lines.append("d ").append(path).append('\n');
                walk(entry.key(), rows, lines);
            } else {
                byte[] value = mounted.get(entry.key());
                String digest = GoldenCase.sha256(value);
                rows.add(number(JSON.arrayNode().add("f").add(name(bytes)), value.length)
                        .add(digest.substring(0, 16)));
                lines.append("f ")
                        .append(path)
                        .append(' ')
                        .append(value.length)
                        .append(' ')
                        .append(digest)
                        .append('\n');
            }
        }
    }

    private JsonNode fsStat() {
        var info = mounted.info();
        var properties = info.properties();
        return JSON.objectNode()
                .put("diskVersion", info.version())
                .put("blockSize", info.geometry().blockSize())
                .put("blockCount", (int) info.geometry().blockCount())
                .put("nameMax", Integer.parseInt(properties.get("nameMax")))
                .put("fileMax", Integer.parseInt(properties.get("fileMax")))
                .put("attrMax", Integer.parseInt(properties.get("attrMax")));
    }

    /** Blocks in use, without those that are free. */
    private JsonNode fsSize() throws StoreException {
        long blocks = 0;
        for (Usage.Share share : mounted.facet(Usage.class).orElseThrow().usage()) {
            if (!share.kind().equals("free")) {
                blocks += share.blocks();
            }
        }
        return JSON.numberNode((int) blocks);
    }

    private JsonNode attribute(Key key, int type) throws StoreException {
        var value = mounted.facet(UserAttributes.class).orElseThrow().get(key, type);
        return value.isPresent() ? bytes(value.get()) : text("NOATTR");
    }

    private JsonNode open(Key key) throws StoreException {
        mounted.size(key);
        opened = key;
        return text("ok");
    }

    private JsonNode read(int length) throws StoreException {
        ByteBuffer target = ByteBuffer.allocate(length);
        mounted.read(opened, 0, target);
        byte[] read = new byte[target.flip().remaining()];
        target.get(read);
        return bytes(read);
    }
}
