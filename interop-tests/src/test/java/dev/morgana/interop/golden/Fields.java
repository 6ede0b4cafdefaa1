package dev.morgana.interop.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON object that remembers which of its fields were read, so that {@link #rejectUnread()} finds what a harness does not
 * know: new golden data must not pass because a field of it is passed over in silence.
 */
final class Fields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String where;
    private final JsonNode node;
    private final Set<String> read = new HashSet<>();
    private final List<Fields> children = new ArrayList<>();

    private Fields(String where, JsonNode node) {
        this.where = where;
        this.node = node;
    }

    static Fields parse(String where, String json) {
        try {
            return new Fields(where, JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(where + ": no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A field that must be there. */
    JsonNode get(String name) {
        return find(name).orElseThrow(() -> new AssertionError(where + ": has no field " + name));
    }

    /** A field that may be absent; null counts as absent. */
    Optional<JsonNode> find(String name) {
        read.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    String text(String name) {
        return get(name).asText();
    }

    /** An object that must be there; its own unread fields count too. */
    Fields object(String name) {
        return child(name, get(name));
    }

    /** The elements of an array of objects; none if it is absent. */
    List<Fields> objects(String name) {
        List<Fields> elements = new ArrayList<>();
        find(name).ifPresent(array -> array.forEach(element -> elements.add(child(name, element))));
        return elements;
    }

    private Fields child(String name, JsonNode value) {
        Fields child = new Fields(where + "." + name, value);
        children.add(child);
        return child;
    }

    /** Fields that explain and are not to be compared. */
    void passOver(String... names) {
        read.addAll(List.of(names));
    }

    JsonNode node() {
        return node;
    }

    String where() {
        return where;
    }

    /** Fails if a field was not read. */
    void rejectUnread() {
        Set<String> unread = new TreeSet<>();
        node.fieldNames().forEachRemaining(unread::add);
        unread.removeAll(read);
        if (!unread.isEmpty()) {
            throw new AssertionError(where + ": unknown fields " + unread);
        }
        children.forEach(Fields::rejectUnread);
    }

    @Override
    public String toString() {
        return where + ": " + node;
    }
}
