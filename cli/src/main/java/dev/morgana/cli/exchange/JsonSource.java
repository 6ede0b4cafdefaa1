package dev.morgana.cli.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.morgana.cli.exchange.host.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values in JSON: either {@code {"key": "text", …}}, or what {@link JsonSink} writes, a list of objects with
 * {@code key} and one of {@code text}, {@code hex}, {@code base64}, {@code file}. A key is text, or an object with {@code hex}.
 */
public final class JsonSource implements TreeSource {
    private final Path file;

    /** A source. */
    public JsonSource(Path file) {
        this.file = file;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            JsonToken first = json.nextToken(); // null at the end of the file
            if (first == JsonToken.START_OBJECT) {
                sendMembers(json, sink);
            } else if (first == JsonToken.START_ARRAY) {
                sendList(json, sink);
            } else {
                throw wrong(json, "an object or a list of objects is expected");
            }
        } catch (JsonParseException e) {
            throw new TransferException(
                    file + ":" + e.getLocation().getLineNr() + ": is not JSON: " + e.getOriginalMessage());
        }
    }

    private void sendMembers(JsonParser json, TreeSink sink) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            byte[] key = json.currentName().getBytes(StandardCharsets.UTF_8);
            ValueText value = new ValueText("text", string(json));
            value.sendTo(sink, key, file, where(json));
        }
    }

    private void sendList(JsonParser json, TreeSink sink) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            sendOne(json, sink);
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw wrong(json, "the list must contain objects only");
        }
    }

    private void sendOne(JsonParser json, TreeSink sink) throws IOException {
        byte @Nullable [] key = null;
        ValueText value = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (name.equals("key")) {
                key = key(json);
            } else if (value == null) {
                value = new ValueText(name, string(json));
            } else {
                throw wrong(json, "there are two values, " + value.encoding() + " and " + name);
            }
        }
        if (key == null || value == null) {
            throw wrong(json, "there is no " + (key == null ? "key" : "value"));
        }
        value.sendTo(sink, key, file, where(json));
    }

    private byte[] key(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return text(json).getBytes(StandardCharsets.UTF_8);
        }
        if (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals("hex")) {
            throw wrong(json, "a key is text, or an object with hex");
        }
        String hex = string(json);
        json.nextToken();
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw wrong(json, "the key is not hexadecimal: " + e.getMessage());
        }
    }

    private String string(JsonParser json) throws IOException {
        json.nextToken();
        return text(json);
    }

    private String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(json, "a string is expected");
        }
        return json.getText();
    }

    private TransferException wrong(JsonParser json, String message) {
        return new TransferException(where(json) + ": " + message);
    }

    private String where(JsonParser json) {
        return file + ":" + json.currentLocation().getLineNr();
    }
}
