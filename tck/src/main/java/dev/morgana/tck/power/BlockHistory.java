package dev.morgana.tck.power;

import dev.morgana.spi.block.Geometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened to one block since its device was last synced, and every content that a power loss may leave: a prefix of
 * the operations, the last one possibly torn.
 */
final class BlockHistory {
    /**
     * One content.
     *
     * @param complete how many operations are there as a whole
     * @param tornBytes how many bytes of the operation after them are there too
     * @param fingerprint of the content
     */
    record State(int complete, int tornBytes, long fingerprint) {}

    private final Geometry geometry;
    private final int block;
    private final byte[] durable;
    private final byte[] latest;
    private final List<Event.Change> operations = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();

    BlockHistory(Geometry geometry, int block, byte[] durable) {
        this.geometry = geometry;
        this.block = block;
        this.durable = durable;
        this.latest = durable.clone();
        addState(0, 0, durable);
    }

    /** Adds an operation, and the contents that it makes possible. */
    void add(Event.Change operation) {
        int length = length(operation);
        byte[] torn = latest.clone();
        for (int units : Tears.of(length / geometry.programSize())) {
            int bytes = units * geometry.programSize();
            apply(torn, operation, bytes);
            addState(operations.size(), bytes, torn);
        }
        apply(latest, operation, length);
        operations.add(operation);
        addState(operations.size(), 0, latest);
    }

    private void addState(int complete, int tornBytes, byte[] content) {
        State state = new State(complete, tornBytes, Fingerprint.of(block, content));
        if (known.add(state.fingerprint())) {
            states.add(state);
        }
    }

    private int length(Event.Change operation) {
        return operation instanceof Event.Program program ? program.bytes().length : geometry.blockSize();
    }

    private void apply(byte[] content, Event.Change operation, int bytes) {
        if (operation instanceof Event.Program program) {
            System.arraycopy(program.bytes(), 0, content, program.offset(), bytes);
        } else {
            erase(content, bytes, geometry);
        }
    }

    /** Erases the first bytes of a block; where the erased state is undefined, what was there stays. */
    static void erase(byte[] content, int bytes, Geometry geometry) {
        geometry.erased().byteValue().ifPresent(value -> Arrays.fill(content, 0, bytes, (byte) value));
    }

    /** The distinct contents; the first is the durable one. */
    List<State> states() {
        return states;
    }

    /** The index of the content with everything done; which may be one that an earlier operation made already. */
    int latestState() {
        long fingerprint = Fingerprint.of(block, latest);
        for (int i = states.size() - 1; i >= 0; i--) {
            if (states.get(i).fingerprint() == fingerprint) {
                return i;
            }
        }
        throw new AssertionError("the latest content is always among the states");
    }

    /** The bytes of a content. They are computed, since few of them are ever needed at once. */
    byte[] content(State state) {
        byte[] content = durable.clone();
        for (Event.Change operation : operations.subList(0, state.complete())) {
            apply(content, operation, length(operation));
        }
        if (state.tornBytes() > 0) {
            apply(content, operations.get(state.complete()), state.tornBytes());
        }
        return content;
    }

    byte[] latest() {
        return latest;
    }

    /** A content in words. */
    String describe(State state) {
        return "block " + block + ": " + state.complete() + " of " + operations.size() + " operations"
                + (state.tornBytes() > 0 ? " and " + state.tornBytes() + " bytes of the next" : "");
    }
}
