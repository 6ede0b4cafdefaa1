package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.morgana.littlefs.LittleFs;
import dev.morgana.littlefs.LittleFsAttribute;
import dev.morgana.littlefs.LittleFsDirectory;
import dev.morgana.littlefs.LittleFsFile;
import dev.morgana.littlefs.LittleFsPath;
import dev.morgana.littlefs.OpenFlag;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the operations of littlefs golden data, as their README defines them, and compares each outcome. */
final class LittlefsScript {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** How much more space ours may use than the peer: it compacts in another rhythm. */
    private static final double SPACE_RATIO_MAX = 1.25;

    private static final int SPACE_SLACK_BLOCKS = 4;

    private final LittlefsBench bench;
    private final Options options;
    private final boolean spaceSensitive;
    private final Map<Integer, JsonNode> otherAnswers;
    private final Map<Integer, LittleFsFile> files = new HashMap<>();
    private final Map<Integer, List<LittleFsAttribute>> attributes = new HashMap<>();
    private final Map<Integer, LittleFsDirectory> directories = new HashMap<>();
    private final LittlefsAhead ahead = new LittlefsAhead();
    private LittleFs mounted;
    private long mutations;

    /**
     * A script.
     *
     * @param spaceSensitive whether the place at which space ends is ours to choose
     * @param otherAnswers reviewed answers by line, where the peer's are not to be copied
     */
    LittlefsScript(LittlefsBench bench, Options options, boolean spaceSensitive, Map<Integer, JsonNode> otherAnswers) {
        this.bench = bench;
        this.options = options;
        this.spaceSensitive = spaceSensitive;
        this.otherAnswers = otherAnswers;
    }

    /** A script on a file system that is mounted already. */
    LittlefsScript(LittlefsBench bench, Options options, LittleFs mounted) {
        this(bench, options, false, Map.of());
        this.mounted = mounted;
    }

    /** Runs operations none of which may fail; only the last one's outcome is known. */
    void runExpecting(List<Fields> operations, JsonNode expected) {
        JsonNode found = ok();
        for (Fields operation : operations) {
            found = perform(operation);
            if (found.isTextual() && !found.equals(ok())) {
                throw new AssertionError(operation + ", found " + found);
            }
        }
        if (!found.equals(expected)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    void run(List<Fields> operations) {
        for (int line = 0; line < operations.size(); line++) {
            Fields operation = operations.get(line);
            JsonNode expected = otherAnswers.getOrDefault(line, operation.get("r"));
            if (spaceSensitive && operation.text("op").equals("put") && isError(expected, "NOSPC")) {
                putWithoutPeersSpace(operation, expected);
            } else {
                compare(operation, expected, perform(operation));
            }
        }
    }

    /** Ours may have room where the peer has none. */
    private void putWithoutPeersSpace(Fields operation, JsonNode expected) {
        try {
            LittleFsPath path = path(operation);
            byte[] before = LittlefsAhead.before(mounted, path);
            JsonNode found = perform(operation);
            if (found.equals(ok())) {
                ahead.restore(mounted, path, LittlefsData.bytes(operation.get("data")), before);
            } else {
                compare(operation, expected, found);
            }
        } catch (StoreException e) {
            throw new AssertionError(operation + ": " + e, e);
        }
    }

    long mutations() {
        return mutations;
    }

    private void compare(Fields operation, JsonNode expected, JsonNode found) {
        boolean equal = switch (operation.text("op")) {
            case "traverse", "io" -> true;
            case "tree" -> expected.equals(found) || ahead.isTree(expected, found);
            case "fs_size" -> found.asLong() <= expected.asLong() * SPACE_RATIO_MAX + SPACE_SLACK_BLOCKS;
            default -> expected.equals(found) || mayDiffer(operation, expected, found);
        };
        if (!equal) {
            throw new AssertionError(operation + ", found " + found);
        }
    }

    private boolean mayDiffer(Fields operation, JsonNode expected, JsonNode found) {
        if (bench.isArmed() && (isError(expected, "IO") || isError(found, "IO"))) {
            return true;
        }
        if (spaceSensitive && isError(expected, "NOSPC")) {
            throw new AssertionError(operation + ": ours has space, found " + found);
        }
        return false;
    }

    private static boolean isError(JsonNode outcome, String name) {
        return outcome.asText().equals(name)
                || (outcome.has("error") && outcome.get("error").asText().equals(name));
    }

    private JsonNode perform(Fields operation) {
        try {
            return run(operation.text("op"), operation);
        } catch (StoreException e) {
            return error(operation, e);
        }
    }

    private static JsonNode error(Fields operation, StoreException e) {
        return LittlefsAnswers.text(
                e.nativeCode().orElseThrow(() -> new AssertionError(operation + ": no native code in " + e, e)));
    }

    private JsonNode run(String name, Fields operation) throws StoreException {
        return switch (name) {
            case "format", "mount", "unmount", "power", "grow", "mkconsistent", "gc" -> life(name, operation);
            case "cut", "bad", "resize_device", "io" -> device(name, operation);
            case "open",
                    "close",
                    "sync",
                    "tell",
                    "size",
                    "rewind",
                    "read",
                    "write",
                    "seek",
                    "truncate",
                    "set_open_attr" -> handle(name, operation);
            case "diropen", "dirread", "dirtell", "dirseek", "dirrewind", "dirclose" -> directory(name, operation);
            case "mkdir", "remove", "rename", "put", "append", "setattr", "removeattr" -> change(name, operation);
            case "settle" -> new LittlefsSettlement(mounted).settle(operation);
            default -> question(name, operation);
        };
    }

    private static LittleFsPath path(Fields operation) {
        return operation
                .find("path_hex")
                .map(hex -> LittleFsPath.ofBytes(HexFormat.of().parseHex(hex.asText())))
                .orElseGet(() -> LittleFsPath.of(operation.text("path")));
    }

    private static JsonNode ok() {
        return LittlefsAnswers.text("ok");
    }

    private Options options(Fields operation) {
        return operation
                .find("options")
                .map(overrides -> Recipe.options(overrides).orElse(options))
                .orElse(options);
    }

    private JsonNode life(String name, Fields operation) throws StoreException {
        switch (name) {
            case "format" -> LittleFs.format(bench.device(), options(operation));
            case "mount" -> mounted = LittleFs.mount(bench.device(), options(operation));
            case "unmount" -> mounted.close();
            case "power" -> {
                bench.restorePower();
                files.clear();
                directories.clear();
            }
            case "grow" -> mounted.grow(operation.get("blockCount").asLong());
            case "mkconsistent" -> mounted.makeConsistent();
            default -> mounted.collectGarbage();
        }
        return ok();
    }

    private JsonNode device(String name, Fields operation) {
        switch (name) {
            case "cut" ->
                bench.cut(
                        operation.get("after").asLong(),
                        operation.find("mode").map(JsonNode::asText).orElse("clean"));
            case "bad" -> bench.mark(operation.get("block").asLong(), operation.text("mode"));
            case "resize_device" -> operation.get("blockCount"); // the device has room for it from the beginning
            default -> operation.get("r");
        }
        return ok();
    }

    private JsonNode question(String name, Fields operation) throws StoreException {
        return switch (name) {
            case "list" -> LittlefsAnswers.list(mounted, path(operation));
            case "stat" -> LittlefsAnswers.stat(mounted.stat(path(operation)));
            case "get" -> LittlefsAnswers.bytes(LittlefsAnswers.read(mounted, path(operation)));
            case "tree" -> LittlefsAnswers.tree(mounted);
            case "fs_stat" -> LittlefsAnswers.info(mounted.store().info());
            case "fs_size" -> LittlefsAnswers.number(mounted.usedBlocks());
            case "traverse" -> traverse();
            case "getattr" -> {
                var value = mounted.getAttribute(
                        path(operation), operation.get("type").asInt());
                yield value.map(LittlefsAnswers::bytes).orElseGet(() -> LittlefsAnswers.text("NOATTR"));
            }
            default -> throw new AssertionError(operation + ": unknown operation");
        };
    }

    private JsonNode traverse() throws StoreException {
        ArrayNode blocks = JSON.arrayNode();
        mounted.traverse(blocks::add);
        return blocks;
    }

    private JsonNode change(String name, Fields operation) throws StoreException {
        mutations++;
        switch (name) {
            case "mkdir" -> mounted.makeDirectory(path(operation));
            case "remove" -> mounted.remove(path(operation));
            case "rename" ->
                mounted.rename(LittleFsPath.of(operation.text("from")), LittleFsPath.of(operation.text("to")));
            case "setattr" ->
                mounted.setAttribute(
                        path(operation), operation.get("type").asInt(), LittlefsData.bytes(operation.get("data")));
            case "removeattr" ->
                mounted.removeAttribute(path(operation), operation.get("type").asInt());
            default -> {
                return write(name, operation);
            }
        }
        return ok();
    }

    /** Opens, writes and closes, and tells where it failed. */
    private JsonNode write(String name, Fields operation) {
        ByteBuffer data = ByteBuffer.wrap(LittlefsData.bytes(operation.get("data")));
        Set<OpenFlag> flags = EnumSet.of(OpenFlag.WRONLY, OpenFlag.CREAT);
        flags.add(name.equals("put") ? OpenFlag.TRUNC : OpenFlag.APPEND);
        LittleFsFile file;
        try {
            file = mounted.open(path(operation), flags);
        } catch (StoreException e) {
            return failure("open", operation, e);
        }
        try {
            file.write(data);
        } catch (StoreException e) {
            return failure("write", operation, e).set("close", close(file, operation));
        }
        try {
            file.close();
        } catch (StoreException e) {
            return failure("close", operation, e);
        }
        return ok();
    }

    private static JsonNode close(LittleFsFile file, Fields operation) {
        try {
            file.close();
            return ok();
        } catch (StoreException e) {
            return error(operation, e);
        }
    }

    private static ObjectNode failure(String at, Fields operation, StoreException e) {
        return JSON.objectNode().put("at", at).set("error", error(operation, e));
    }

    private JsonNode handle(String name, Fields operation) throws StoreException {
        int h = operation.get("h").asInt();
        if (name.equals("open")) {
            return open(h, operation);
        }
        LittleFsFile file = files.get(h);
        if (file == null && name.equals("close")) {
            return ok(); // a handle that the reviewed answers did not open
        }
        switch (name) {
            case "close" -> {
                mutations++;
                file.close();
                files.remove(h);
            }
            case "sync" -> {
                mutations++;
                file.sync();
            }
            case "truncate" -> file.truncate(operation.get("size").asLong());
            case "rewind" -> file.seek(0);
            case "set_open_attr" ->
                attributes.get(h).get(operation.get("i").asInt()).set(LittlefsData.bytes(operation.get("data")));
            default -> {
                return number(name, file, operation);
            }
        }
        return ok();
    }

    private static JsonNode number(String name, LittleFsFile file, Fields operation) throws StoreException {
        return switch (name) {
            case "tell" -> LittlefsAnswers.number(file.position());
            case "size" -> LittlefsAnswers.number(file.size());
            case "write" -> {
                byte[] data = LittlefsData.bytes(operation.get("data"));
                file.write(ByteBuffer.wrap(data));
                yield LittlefsAnswers.number(data.length);
            }
            case "seek" -> {
                file.seek(seekBase(operation.text("whence"), file)
                        + operation.get("off").asLong());
                yield LittlefsAnswers.number(file.position());
            }
            default -> {
                ByteBuffer target = ByteBuffer.allocate(operation.get("len").asInt());
                file.read(target);
                yield LittlefsAnswers.bytes(Arrays.copyOf(target.array(), target.position()));
            }
        };
    }

    private static long seekBase(String whence, LittleFsFile file) throws StoreException {
        return switch (whence) {
            case "SET" -> 0;
            case "CUR" -> file.position();
            case "END" -> file.size();
            default -> throw new AssertionError("unknown place to seek from: " + whence);
        };
    }

    private JsonNode open(int h, Fields operation) throws StoreException {
        List<LittleFsAttribute> given = new ArrayList<>();
        for (Fields attribute : operation.objects("attrs")) {
            given.add(new LittleFsAttribute(attribute.get("type").asInt(), LittlefsData.bytes(attribute.get("data"))));
        }
        Set<OpenFlag> flags = EnumSet.noneOf(OpenFlag.class);
        operation.get("flags").forEach(flag -> flags.add(OpenFlag.valueOf(flag.asText())));
        files.put(h, mounted.open(path(operation), flags, given.toArray(LittleFsAttribute[]::new)));
        attributes.put(h, given);
        if (given.isEmpty()) {
            return ok();
        }
        ObjectNode result = JSON.objectNode();
        ArrayNode buffers = result.putArray("attrs");
        given.forEach(attribute -> buffers.add(HexFormat.of().formatHex(attribute.value())));
        return result;
    }

    private JsonNode directory(String name, Fields operation) throws StoreException {
        int h = operation.get("h").asInt();
        if (name.equals("diropen")) {
            directories.put(h, mounted.openDirectory(path(operation)));
            return ok();
        }
        LittleFsDirectory directory = directories.get(h);
        switch (name) {
            case "dirread" -> {
                var next = directory.read();
                return next.isEmpty() ? LittlefsAnswers.text("end") : LittlefsAnswers.row(next.get());
            }
            case "dirtell" -> {
                return LittlefsAnswers.number(directory.tell());
            }
            case "dirseek" -> directory.seek(operation.get("off").asLong());
            case "dirrewind" -> directory.rewind();
            default -> directory.close();
        }
        return ok();
    }
}
