package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.morgana.littlefs.LittleFs;
import dev.morgana.littlefs.LittleFsFile;
import dev.morgana.littlefs.LittleFsPath;
import dev.morgana.littlefs.OpenFlag;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/** The operation {@code settle}: after a power cut, paths must be in one of the legal states, and are brought to the recorded one. */
final class LittlefsSettlement {
    private final LittleFs files;

    LittlefsSettlement(LittleFs files) {
        this.files = files;
    }

    JsonNode settle(Fields operation) throws StoreException {
        JsonNode legal = operation.get("legal");
        JsonNode recorded = legal.get(operation.get("recorded").asInt());
        boolean found = false;
        for (JsonNode candidate : legal) {
            found |= holds(candidate);
        }
        if (!found) {
            throw new AssertionError(operation + ": the tree is in none of the legal states");
        }
        if (!holds(recorded)) {
            bring(recorded);
        }
        return LittlefsAnswers.text("ok");
    }

    private boolean holds(JsonNode state) throws StoreException {
        for (var path : state.properties()) {
            if (!holds(LittleFsPath.of(path.getKey()), path.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(LittleFsPath path, JsonNode state) throws StoreException {
        Kind kind = kind(path);
        if (state.isNull() || kind == null) {
            return state.isNull() && kind == null;
        }
        if (state.isTextual()) {
            return kind == Kind.DICTIONARY;
        }
        return kind == Kind.VALUE && Arrays.equals(LittlefsAnswers.read(files, path), LittlefsData.joined(state));
    }

    private Kind kind(LittleFsPath path) throws StoreException {
        try {
            return files.stat(path).kind();
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    private void bring(JsonNode state) throws StoreException {
        for (var entry : state.properties()) {
            LittleFsPath path = LittleFsPath.of(entry.getKey());
            if (holds(path, entry.getValue())) {
                continue;
            }
            if (kind(path) != null && (entry.getValue() instanceof NullNode || kind(path) == Kind.DICTIONARY)) {
                files.remove(path);
            }
            if (entry.getValue().isTextual()) {
                files.makeDirectory(path);
            } else if (!entry.getValue().isNull()) {
                write(path, LittlefsData.joined(entry.getValue()));
            }
        }
    }

    private void write(LittleFsPath path, byte[] content) throws StoreException {
        try (LittleFsFile file = files.open(path, Set.of(OpenFlag.WRONLY, OpenFlag.CREAT, OpenFlag.TRUNC))) {
            file.write(ByteBuffer.wrap(content));
        }
    }
}
