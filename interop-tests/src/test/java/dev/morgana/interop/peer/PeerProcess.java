package dev.morgana.interop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer program that runs: one line out, one line in. */
final class PeerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final Closeable end;

    /**
     * A program that runs already.
     *
     * @param requests its standard input
     * @param answers its standard output
     * @param end waits for it to end after its input has ended, or ends it
     */
    PeerProcess(OutputStream requests, InputStream answers, Closeable end) {
        this.requests = new BufferedWriter(new OutputStreamWriter(requests, StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
        this.end = end;
    }

    static PeerProcess start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new PeerProcess(process.getOutputStream(), process.getInputStream(), () -> await(process));
    }

    JsonNode hello() throws IOException, PeerFailure {
        JsonNode hello = ask(JsonNodeFactory.instance.objectNode().put("op", "hello"));
        if (hello.path("protocol").asInt() != 1) {
            throw new PeerFailure("PROTOCOL", "not protocol 1: " + hello);
        }
        return hello;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws PeerFailure if the answer is an error, or none comes
     */
    JsonNode ask(ObjectNode request) throws IOException, PeerFailure {
        requests.write(JSON.writeValueAsString(request));
        requests.newLine();
        requests.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new PeerFailure("GONE", "the peer ended at " + request);
        }
        JsonNode answer = JSON.readTree(line);
        if (!answer.path("ok").asBoolean()) {
            throw new PeerFailure(
                    answer.path("error").asText(), answer.path("message").asText());
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        try (end) {
            requests.close();
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
