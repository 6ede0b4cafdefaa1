package dev.morgana.interop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The side of the real implementation. */
final class PeerParticipant implements Participant {
    private final PeerProcess process;
    private final Setup setup;
    private final List<Path> images;
    private final String peer;
    private final String version;

    PeerParticipant(PeerProcess process, Setup setup, List<Path> images) throws Exception {
        this.process = process;
        this.setup = setup;
        this.images = images;
        JsonNode hello = process.hello();
        this.peer = hello.get("peer").asText();
        this.version = hello.get("version").asText();
    }

    @Override
    public String name() {
        return peer + " " + version;
    }

    /** The program, without its version. */
    String peer() {
        return peer;
    }

    String version() {
        return version;
    }

    @Override
    public void format() throws Exception {
        process.ask(onImages("format"));
    }

    @Override
    public void open() throws Exception {
        process.ask(onImages("open"));
    }

    @Override
    public void apply(Step step) throws Exception {
        process.ask(step.request());
    }

    @Override
    public SortedMap<Name, Row> list() throws Exception {
        ObjectNode request = request("list");
        ArrayNode types = request.putArray("attrs");
        TreeWorkload.ATTRIBUTES.forEach(types::add);
        TreeMap<Name, Row> rows = new TreeMap<>();
        for (JsonNode entry : process.ask(request).get("entries")) {
            if (rows.put(Name.read(entry.get("key")), row(entry)) != null) {
                throw new AssertionError("listed twice: " + entry);
            }
        }
        return rows;
    }

    private static Row row(JsonNode entry) {
        TreeMap<Integer, String> attributes = new TreeMap<>();
        entry.get("attrs")
                .properties()
                .forEach(attribute -> attributes.put(
                        Integer.valueOf(attribute.getKey()),
                        attribute.getValue().asText()));
        return new Row(
                entry.get("type").asText(),
                entry.get("size").asLong(),
                entry.get("sha256").asText(),
                attributes);
    }

    private static ObjectNode request(String op) {
        return JsonNodeFactory.instance.objectNode().put("op", op);
    }

    private ObjectNode onImages(String op) {
        ObjectNode request = request(op);
        ArrayNode paths = request.putArray("images");
        images.forEach(image -> paths.add(image.toString()));
        request.set("options", setup.json());
        return request;
    }

    @Override
    public void close() throws Exception {
        process.ask(request("close"));
    }
}
