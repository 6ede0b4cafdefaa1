package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes that a descriptor of the littlefs golden data stands for: see its README. */
final class LittlefsData {
    private static final int SEED_OF_ZERO = 0x9E3779B9;

    private LittlefsData() {}

    static byte[] bytes(JsonNode descriptor) {
        if (descriptor.has("seed")) {
            return random(
                    (int) descriptor.get("seed").asLong(), descriptor.get("len").asInt());
        }
        if (descriptor.has("hex")) {
            return HexFormat.of().parseHex(descriptor.get("hex").asText());
        }
        if (descriptor.has("text")) {
            return descriptor.get("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        byte[] filled = new byte[descriptor.get("len").asInt()];
        Arrays.fill(filled, (byte) descriptor.get("fill").asInt());
        return filled;
    }

    /** Several descriptors, one after the other. */
    static byte[] joined(JsonNode descriptors) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        descriptors.forEach(descriptor -> all.writeBytes(bytes(descriptor)));
        return all.toByteArray();
    }

    private static byte[] random(int seed, int length) {
        ByteBuffer words = ByteBuffer.allocate(length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int x = seed == 0 ? SEED_OF_ZERO : seed;
        while (words.position() < length) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            words.putInt(x);
        }
        return Arrays.copyOf(words.array(), length);
    }
}
