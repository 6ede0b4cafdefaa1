package dev.morgana.interop.golden;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files as a map, and the keys that they have in the database after the ekv-fs page: independent of the module under test. */
final class EkvFsModel {
    private static final int GROUP = 128;

    private final Map<String, byte[]> files = new HashMap<>();

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    void remove(String path) {
        files.remove(path);
    }

    byte @Nullable [] get(String path) {
        return files.get(path);
    }

    Map<String, byte[]> files() {
        return files;
    }

    /** Every key that the database should hold. */
    NavigableMap<byte[], byte[]> keys(int chunkSize) {
        NavigableMap<byte[], byte[]> keys = EkvData.map();
        files.forEach((path, content) -> {
            int chunks = (content.length + chunkSize - 1) / chunkSize;
            for (int i = 0; i < chunks; i++) {
                int end = Math.min(content.length, (i + 1) * chunkSize);
                keys.put(chunkKey(path, i), Arrays.copyOfRange(content, i * chunkSize, end));
            }
            ByteArrayOutputStream metadata = new ByteArrayOutputStream();
            for (int number : new int[] {content.length, chunks}) {
                int rest = number;
                for (; rest >= GROUP; rest /= GROUP) {
                    metadata.write(rest % GROUP + GROUP);
                }
                metadata.write(rest);
            }
            keys.put(("m:" + path).getBytes(StandardCharsets.UTF_8), metadata.toByteArray());
        });
        return keys;
    }

    private static byte[] chunkKey(String path, long number) {
        return ("c:" + path + ":" + number).getBytes(StandardCharsets.UTF_8);
    }

    /** What a file is whose chunks, one behind the other, have the size that its metadata says; empty if they do not. */
    static Optional<byte[]> whole(NavigableMap<byte[], byte[]> keys, String path, long size, long chunks) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (long i = 0; i < chunks; i++) {
            byte[] chunk = keys.get(chunkKey(path, i));
            if (chunk == null) {
                return Optional.empty();
            }
            content.writeBytes(chunk);
        }
        return content.size() == size ? Optional.of(content.toByteArray()) : Optional.empty();
    }
}
