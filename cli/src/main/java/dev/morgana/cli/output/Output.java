package dev.morgana.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
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

    /** Writes a list of objects as the one JSON value of this run. */
    public <T> void jsonList(Iterable<T> items, Json.Fields<T> fields) throws IOException {
        json(generator -> Json.list(generator, items, fields));
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
