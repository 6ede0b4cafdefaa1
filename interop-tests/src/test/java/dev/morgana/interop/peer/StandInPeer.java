package dev.morgana.interop.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;

/**
 * Speaks the protocol of a peer, and is none: it is our own code behind it, and writes down what it is asked. It shows that
 * the harness takes an external peer, and proves nothing of the format.
 */
final class StandInPeer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OurFlatParticipant participant;

    private StandInPeer() {}

    /** Answers until its input ends; the first word names the file with the requests. */
    public static void main(String[] words) throws IOException {
        StandInPeer peer = new StandInPeer();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Files.writeString(Path.of(words[0]), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.out.println(JSON.writeValueAsString(peer.answer(JSON.readTree(line))));
        }
    }

    private ObjectNode answer(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            act(request, answer);
            return answer.put("ok", true);
        } catch (Exception e) {
            return answer.put("error", e.getClass().getSimpleName()).put("message", e.getMessage());
        }
    }

    private void act(JsonNode request, ObjectNode answer) throws Exception {
        switch (request.get("op").asText()) {
            case "hello" -> answer.put("peer", "stand-in").put("version", "0").put("protocol", 1);
            case "format" -> participant(request).format();
            case "open" -> {
                participant = participant(request);
                participant.open();
            }
            case "put" -> participant.apply(new Step.Put(Name.read(request.get("key")), value(request)));
            case "delete" -> participant.apply(new Step.Delete(Name.read(request.get("key"))));
            case "list" -> list(answer.putArray("entries"));
            case "close" -> participant.close();
            default -> throw new UnsupportedOperationException(request.toString());
        }
    }

    private static OurFlatParticipant participant(JsonNode request) {
        StringBuilder address = new StringBuilder("pw_kvs+file:")
                .append(request.get("images").get(0).asText())
                .append('?');
        for (Map.Entry<String, JsonNode> option : request.get("options").properties()) {
            address.append(option.getKey())
                    .append('=')
                    .append(option.getValue().asText())
                    .append('&');
        }
        return new OurFlatParticipant(address.substring(0, address.length() - 1));
    }

    private static byte[] value(JsonNode request) {
        return HexFormat.of().parseHex(request.get("value").get("hex").asText());
    }

    private void list(ArrayNode entries) throws Exception {
        participant.list().forEach((name, row) -> {
            ObjectNode entry = entries.addObject().put("type", row.type()).put("size", row.size());
            entry.put("sha256", row.sha256()).set("key", name.write());
            entry.putObject("attrs");
        });
    }
}
