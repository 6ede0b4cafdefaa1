package dev.morgana.interop.peer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;

/** One change that either side can make, and its request in the line protocol. */
sealed interface Step {
    record Put(Name key, byte[] value) implements Step {
        @Override
        public ObjectNode request() {
            return node("put").<ObjectNode>set("key", key.write()).set("value", hex(value));
        }
    }

    record Delete(Name key) implements Step {
        @Override
        public ObjectNode request() {
            return node("delete").set("key", key.write());
        }
    }

    /** One transaction; the keys ascend. */
    record Batch(List<Step> steps) implements Step {
        @Override
        public ObjectNode request() {
            ArrayNode ops = JsonNodeFactory.instance.arrayNode();
            steps.forEach(step -> ops.add(step.request()));
            return node("batch").set("ops", ops);
        }
    }

    record MakeDirectory(Name key) implements Step {
        @Override
        public ObjectNode request() {
            return node("mkdir").set("key", key.write());
        }
    }

    record Rename(Name from, Name to) implements Step {
        @Override
        public ObjectNode request() {
            return node("rename").<ObjectNode>set("from", from.write()).set("to", to.write());
        }
    }

    record Append(Name key, byte[] value) implements Step {
        @Override
        public ObjectNode request() {
            return node("append").<ObjectNode>set("key", key.write()).set("value", hex(value));
        }
    }

    /** A part that goes to an offset, at most to the end; what is behind it stays. */
    record Write(Name key, int offset, byte[] value) implements Step {
        @Override
        public ObjectNode request() {
            return node("write")
                    .put("offset", offset)
                    .<ObjectNode>set("key", key.write())
                    .set("value", hex(value));
        }
    }

    record Truncate(Name key, int size) implements Step {
        @Override
        public ObjectNode request() {
            return node("truncate").put("size", size).set("key", key.write());
        }
    }

    record SetAttribute(Name key, int type, byte[] value) implements Step {
        @Override
        public ObjectNode request() {
            return node("setattr")
                    .put("type", type)
                    .<ObjectNode>set("key", key.write())
                    .set("value", hex(value));
        }
    }

    ObjectNode request();

    private static ObjectNode node(String op) {
        return JsonNodeFactory.instance.objectNode().put("op", op);
    }

    private static ObjectNode hex(byte[] value) {
        return JsonNodeFactory.instance.objectNode().put("hex", HexFormat.of().formatHex(value));
    }
}
