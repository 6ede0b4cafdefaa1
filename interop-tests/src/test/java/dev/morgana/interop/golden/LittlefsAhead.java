package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.morgana.littlefs.LittleFs;
import dev.morgana.littlefs.LittleFsFile;
import dev.morgana.littlefs.LittleFsPath;
import dev.morgana.littlefs.OpenFlag;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where ours had room for a value and the peer had none. The recorded content is restored, so that the trace can go on; where
 * there is no room for that either, the value that was acknowledged has to be there from then on.
 */
final class LittlefsAhead {
    private static final int ROW_PATH = 1;

    /** What a file has that the peer could not write, by its path as outcomes have it. */
    private final Map<String, JsonNode> acknowledged = new HashMap<>();

    /** The content of a file before an operation; null if there is no such file. */
    static byte @Nullable [] before(LittleFs files, LittleFsPath path) throws StoreException {
        try {
            return LittlefsAnswers.read(files, path);
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    /** Takes back what was written and the peer had no space for, if that can be done. */
    void restore(LittleFs files, LittleFsPath path, byte[] written, byte @Nullable [] before) throws StoreException {
        try {
            if (before == null) {
                files.remove(path);
            } else {
                write(files, path, before);
            }
        } catch (NoSpaceException e) {
            JsonNode row = LittlefsAnswers.fileRow(path, written);
            acknowledged.put(row.get(ROW_PATH).asText(), row);
        }
    }

    private static void write(LittleFs files, LittleFsPath path, byte[] content) throws StoreException {
        try (LittleFsFile file = files.open(path, Set.of(OpenFlag.WRONLY, OpenFlag.TRUNC))) {
            file.write(ByteBuffer.wrap(content));
        }
    }

    /** What a recorded tree looks like with what ours has more. A tree without entries cannot be told from another one. */
    boolean isTree(JsonNode recorded, JsonNode found) {
        if (acknowledged.isEmpty() || !recorded.has("entries") || !found.has("entries")) {
            return false;
        }
        ArrayNode rows = ((ObjectNode) recorded.deepCopy()).withArray("entries");
        for (int i = 0; i < rows.size(); i++) {
            JsonNode ours = acknowledged.get(rows.get(i).get(ROW_PATH).asText());
            if (ours != null) {
                rows.set(i, ours);
            }
        }
        return rows.equals(found.get("entries"));
    }
}
