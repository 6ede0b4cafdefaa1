package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.morgana.littlefs.LittleFs;
import dev.morgana.littlefs.LittleFsDirectory;
import dev.morgana.littlefs.LittleFsEntry;
import dev.morgana.littlefs.LittleFsFile;
import dev.morgana.littlefs.LittleFsPath;
import dev.morgana.littlefs.OpenFlag;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.StoreInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is in a mounted file system, in the form in which littlefs golden data has outcomes. */
final class LittlefsAnswers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_BYTES = 32;
    private static final int ENTRY_ROWS = 24;
    private static final int DIGEST_CHARACTERS = 16;

    private LittlefsAnswers() {}

    static JsonNode text(String text) {
        return JSON.textNode(text);
    }

    /** JSON numbers are equal only at equal width, and small ones are read as ints. */
    static JsonNode number(long value) {
        return value <= Integer.MAX_VALUE ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    static JsonNode bytes(byte[] bytes) {
        ObjectNode result = JSON.objectNode().put("len", bytes.length);
        return bytes.length <= HEX_BYTES
                ? result.put("hex", HEX.formatHex(bytes))
                : result.put("sha256", GoldenCase.sha256(bytes));
    }

    /** A name in an outcome: text where it is UTF-8, else its bytes. */
    static JsonNode name(byte[] bytes) {
        try {
            return text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return JSON.objectNode().put("hex", HEX.formatHex(bytes));
        }
    }

    static JsonNode stat(LittleFsEntry entry) {
        ObjectNode result = JSON.objectNode();
        if (entry.kind() == Kind.VALUE) {
            result.put("type", "file").set("size", number(entry.size()));
        } else {
            result.put("type", "dir");
        }
        result.set("name", name(entry.name()));
        return result;
    }

    /** A directory entry as {@code list} and {@code dirread} have it. */
    static ArrayNode row(LittleFsEntry entry) {
        ArrayNode row = JSON.arrayNode();
        if (entry.kind() == Kind.VALUE) {
            return row.add("f").add(name(entry.name())).add(number(entry.size()));
        }
        return row.add("d").add(name(entry.name()));
    }

    static JsonNode list(LittleFs files, LittleFsPath path) throws StoreException {
        ArrayNode rows = JSON.arrayNode();
        StringBuilder lines = new StringBuilder();
        try (LittleFsDirectory directory = files.openDirectory(path)) {
            for (Optional<LittleFsEntry> next = directory.read(); next.isPresent(); next = directory.read()) {
                LittleFsEntry entry = next.get();
                rows.add(row(entry));
                lines.append(entry.kind() == Kind.VALUE ? "f" + entry.size() : "d")
                        .append('\t')
                        .append(latin(entry.name()))
                        .append('\n');
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

    /** ISO-8859-1 maps each byte to one character and back. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String digest(StringBuilder lines) {
        return GoldenCase.sha256(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    static JsonNode tree(LittleFs files) throws StoreException {
        ArrayNode rows = JSON.arrayNode();
        StringBuilder lines = new StringBuilder();
        walk(files, LittleFsPath.ofBytes(new byte[0]), rows, lines);
        ObjectNode result = JSON.objectNode().put("n", rows.size());
        result.put("sha256", digest(lines));
        if (rows.size() <= ENTRY_ROWS) {
            result.set("entries", rows);
        }
        return result;
    }

    private static void walk(LittleFs files, LittleFsPath at, ArrayNode rows, StringBuilder lines)
            throws StoreException {
        boolean root = at.toBytes().length == 0;
        try (LittleFsDirectory directory = files.openDirectory(root ? LittleFsPath.ROOT : at)) {
            directory.seek(2);
            for (Optional<LittleFsEntry> next = directory.read(); next.isPresent(); next = directory.read()) {
                LittleFsPath path = at.child(next.get().name());
                if (next.get().kind() == Kind.DICTIONARY) {
                    rows.add(JSON.arrayNode().add("d").add(name(path.toBytes())));
                    lines.append("d ").append(latin(path.toBytes())).append('\n');
                    walk(files, path, rows, lines);
                } else {
                    byte[] value = read(files, path);
                    String digest = GoldenCase.sha256(value);
                    rows.add(fileRow(path, value));
                    lines.append("f " + latin(path.toBytes()) + " " + value.length + " " + digest + "\n");
                }
            }
        }
    }

    /** A file as {@code tree} has it. */
    static ArrayNode fileRow(LittleFsPath path, byte[] content) {
        return JSON.arrayNode()
                .add("f")
                .add(name(path.toBytes()))
                .add(number(content.length))
                .add(GoldenCase.sha256(content).substring(0, DIGEST_CHARACTERS));
    }

    /** A whole file. */
    static byte[] read(LittleFs files, LittleFsPath path) throws StoreException {
        try (LittleFsFile file = files.open(path, Set.of(OpenFlag.RDONLY))) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(content);
            return java.util.Arrays.copyOf(content.array(), content.position());
        }
    }

    static JsonNode info(StoreInfo info) {
        Map<String, String> properties = info.properties();
        return JSON.objectNode()
                .put("diskVersion", info.version())
                .put("blockSize", info.geometry().blockSize())
                .put("blockCount", (int) info.geometry().blockCount())
                .put("nameMax", Integer.parseInt(properties.get("nameMax")))
                .put("fileMax", Integer.parseInt(properties.get("fileMax")))
                .put("attrMax", Integer.parseInt(properties.get("attrMax")));
    }
}
