package dev.morgana.tck.power;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A medium in the course of its events: what is durable, and per block what is not yet. */
final class Pending {
    private final Image durable;
    private final Map<Integer, BlockHistory> histories = new LinkedHashMap<>();

    /** The sum of the changes of fingerprints since the beginning. */
    private long durableFingerprint;

    /** Begins with an image, which is changed as operations become durable. */
    Pending(Image durable) {
        this.durable = durable;
    }

    void add(Event event) {
        if (event instanceof Event.Change change) {
            histories
                    .computeIfAbsent(
                            change.block(), block -> new BlockHistory(durable.geometry(), block, durable.get(block)))
                    .add(change);
        } else if (event instanceof Event.Sync sync) {
            settle(sync.device());
        }
    }

    private void settle(int device) {
        histories.entrySet().removeIf(entry -> {
            if (durable.deviceOf(entry.getKey()) != device) {
                return false;
            }
            BlockHistory history = entry.getValue();
            durableFingerprint += delta(history, history.latestState());
            durable.put(entry.getKey(), history.latest());
            return true;
        });
    }

    /** What is durable now; it changes with the next sync. */
    Image durable() {
        return durable;
    }

    /** The blocks with operations that are not durable, in the order in which they were first changed. */
    List<BlockHistory> histories() {
        return new ArrayList<>(histories.values());
    }

    /** The position, among {@link #histories()}, of a block. */
    int indexOf(int block) {
        return new ArrayList<>(histories.keySet()).indexOf(block);
    }

    /** The fingerprint of the image that keeps some state of each block. */
    long fingerprint(int[] states) {
        long sum = durableFingerprint;
        int i = 0;
        for (BlockHistory history : histories.values()) {
            sum += delta(history, states[i++]);
        }
        return sum;
    }

    private static long delta(BlockHistory history, int state) {
        return history.states().get(state).fingerprint()
                - history.states().get(0).fingerprint();
    }

    /** The image that keeps some state of each block. */
    Image image(int[] states) {
        Image image = durable.copy();
        int i = 0;
        for (Map.Entry<Integer, BlockHistory> entry : histories.entrySet()) {
            BlockHistory history = entry.getValue();
            image.put(entry.getKey(), history.content(history.states().get(states[i++])));
        }
        return image;
    }

    /** The states in which every operation is done. */
    int[] latest() {
        return histories.values().stream().mapToInt(BlockHistory::latestState).toArray();
    }
}
