package dev.morgana.interop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A key of any bytes, in the order of unsigned bytes; on the wire a string where it is UTF-8, else hex. */
record Name(byte[] bytes) implements Comparable<Name> {
    static Name of(String text) {
        return new Name(text.getBytes(StandardCharsets.UTF_8));
    }

    static Name read(JsonNode key) {
        return key.isTextual()
                ? of(key.asText())
                : new Name(HexFormat.of().parseHex(key.get("hex").asText()));
    }

    JsonNode write() {
        try {
            return JsonNodeFactory.instance.textNode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("hex", HexFormat.of().formatHex(bytes));
        }
    }

    @Override
    public int compareTo(Name other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text, for paths. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
