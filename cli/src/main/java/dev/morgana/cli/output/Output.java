package dev.morgana.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The results of a verb: text for people, or one JSON value for programs. */
public final class Output implements AutoCloseable {
    /** Writes a result as JSON. */
    @FunctionalInterface
    public interface JsonWriter {
        void write(JsonGenerator json) throws IOException;
    }

    private final Console console;
    private final boolean json;
    private final boolean quiet;

    public Output(Console console, boolean json, boolean quiet) {
        this.console = console;
        this.json = json;
        this.quiet = quiet;
    }

    public boolean isJson() {
        return json;
    }

    public boolean isQuiet() {
        return quiet;
    }

    /** Tells people of what was done; nothing in JSON, or if they want to hear nothing. */
    public void note(String line) {
        if (!json && !quiet) {
            console.out().println(line);
        }
    }

    public PrintStream text() {
        return console.out();
    }

    /** Writes the one JSON value of this run, indented. */
    public void json(JsonWriter writer) throws IOException {
        JsonGenerator generator = new JsonFactory()
                .createGenerator(console.out(), com.fasterxml.jackson.core.JsonEncoding.UTF8)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
        writer.write(generator);
        generator.flush();
        console.out().println();
    }

    /** A key as JSON: text where it is UTF-8, else its bytes. */
    public static void writeKey(JsonGenerator json, String field, Key key) throws IOException {
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

    /** Text in a colour, if results are coloured. */
    public String styled(String style, String text) {
        return console.terminal() ? Ansi.ON.string("@|" + style + " " + text.replace("|@", "| @") + "|@") : text;
    }

    @Override
    public void close() {
        console.out().flush();
    }
}
