package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Where a trace records what the peer should not do (format page, section 16): the answers that are right, reviewed by hand. */
final class LittlefsQuirks {
    private LittlefsQuirks() {}

    static Map<Integer, JsonNode> answers(List<Fields> operations) {
        return Map.of();
    }
}
