package dev.morgana.cli.exchange;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes keys and values as a list in JSON, in the form that {@link JsonSource} reads. */
public final class JsonSink implements ValueSink, Closeable {
    private final JsonGenerator json;

    /** A sink into a stream, which closing ends and closes. */
    public JsonSink(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8).useDefaultPrettyPrinter();
        json.writeStartArray();
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        json.writeStartObject();
        ValueText key = ValueText.of(path);
        if (key.encoding().equals("text")) {
            json.writeStringField("key", key.text());
        } else {
            json.writeObjectFieldStart("key");
            json.writeStringField("hex", key.text());
            json.writeEndObject();
        }
        ValueText value = ValueText.of(content.readAllBytes());
        json.writeStringField(value.encoding(), value.text());
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeRaw('\n');
        json.close();
    }
}
