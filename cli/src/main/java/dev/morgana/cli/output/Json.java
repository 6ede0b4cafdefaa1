package dev.morgana.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several verbs write as JSON, in one form. */
public final class Json {
    private Json() {}

    /** Writes the fields of one object. */
    @FunctionalInterface
    public interface Fields<T> {
        /** Writes them. */
        void write(JsonGenerator json, T item) throws IOException;
    }

    /** A list of objects. */
    public static <T> void list(JsonGenerator json, Iterable<T> items, Fields<T> fields) throws IOException {
        json.writeStartArray();
        objects(json, items, fields);
        json.writeEndArray();
    }

    /** Objects within a list that was begun. */
    public static <T> void objects(JsonGenerator json, Iterable<T> items, Fields<T> fields) throws IOException {
        for (T item : items) {
            json.writeStartObject();
            fields.write(json, item);
            json.writeEndObject();
        }
    }

    /** A list of texts. */
    public static void texts(JsonGenerator json, List<String> texts) throws IOException {
        json.writeArray(texts.toArray(String[]::new), 0, texts.size());
    }

    /** A field with a list of texts. */
    public static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeFieldName(field);
        texts(json, texts);
    }

    /** A field with a key: text where it is UTF-8, else its bytes. */
    public static void key(JsonGenerator json, String field, Key key) throws IOException {
        byte[] path = key.toBytes();
        String text = utf8(path);
        if (text != null) {
            json.writeStringField(field, "/" + text);
        } else {
            json.writeObjectFieldStart(field);
            json.writeStringField("hex", HexFormat.of().formatHex(path));
            json.writeEndObject();
        }
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The fields of a position on a medium. */
    public static void position(JsonGenerator json, Position position) throws IOException {
        json.writeStringField("structure", position.structure());
        json.writeStringField("device", position.device());
        if (position.block() != Position.NO_BLOCK) {
            json.writeNumberField("block", position.block());
        }
        json.writeNumberField("offset", position.offset());
    }

    /** The fields of a share of the space. */
    public static void share(JsonGenerator json, Usage.Share share) throws IOException {
        json.writeStringField("kind", share.kind());
        json.writeNumberField("blocks", share.blocks());
        json.writeNumberField("bytes", share.bytes());
        json.writeNumberField("items", share.items());
    }
}
