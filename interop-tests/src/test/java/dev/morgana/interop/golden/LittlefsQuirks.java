package dev.morgana.interop.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the trace {@code quirks} has what the peer should not do (littlefs page, section 16): the right answers, reviewed by hand. */
final class LittlefsQuirks {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer by the line of the operation, counted from 0 behind the configuration; and that operation, to be sure. */
    private record Answer(int line, String operation, String right) {}

    private static final List<Answer> ANSWERS = List.of(
            // 8: an open file that is renamed stays the same file
            new Answer(7, "get", "{\"len\":7,\"hex\":\"4c4f5354656e74\"}"),
            // 7: a directory does not move below itself
            new Answer(11, "rename", "\"INVAL\""),
            new Answer(
                    12,
                    "list",
                    "{\"n\":4,\"entries\":[[\"d\",\".\"],[\"d\",\"..\"],[\"f\",\"aaa\",7],[\"d\",\"dir\"]]}"),
            new Answer(
                    16,
                    "list",
                    "{\"n\":4,\"entries\":[[\"d\",\".\"],[\"d\",\"..\"],[\"f\",\"aaa\",7],[\"d\",\"dir\"]]}"),
            // 1: the neighbour of an entry that is half moved is there
            new Answer(
                    28,
                    "list",
                    "{\"n\":5,\"entries\":[[\"d\",\".\"],[\"d\",\"..\"],[\"f\",\"q\",6],[\"f\",\"r\",6],[\"f\",\"s\",6]]}"),
            new Answer(29, "get", "{\"len\":6,\"hex\":\"66696c652071\"}"),
            // 6: an attribute goes to the entry that it is for
            new Answer(31, "getattr", "{\"len\":5,\"hex\":\"666f722072\"}"),
            new Answer(35, "getattr", "\"NOATTR\""),
            new Answer(36, "getattr", "{\"len\":5,\"hex\":\"666f722072\"}"),
            // 10: a handle for reading does not truncate
            new Answer(38, "open", "\"INVAL\""),
            new Answer(40, "stat", "{\"type\":\"file\",\"size\":4,\"name\":\"t\"}"),
            new Answer(
                    42,
                    "list",
                    "{\"n\":8,\"entries\":[[\"d\",\".\"],[\"d\",\"..\"],[\"f\",\"aaa\",7],[\"d\",\"a\"],[\"d\",\"b\"],"
                            + "[\"d\",\"dir\"],[\"d\",\"made\"],[\"f\",\"t\",4]]}"));

    private LittlefsQuirks() {}

    static Map<Integer, JsonNode> answers(List<Fields> operations) {
        Map<Integer, JsonNode> answers = new HashMap<>();
        for (Answer answer : ANSWERS) {
            Fields operation = operations.get(answer.line());
            if (!Objects.equals(operation.text("op"), answer.operation())) {
                throw new AssertionError(operation + ": the trace is not the one that was reviewed");
            }
            answers.put(answer.line(), parse(answer.right()));
        }
        return answers;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
