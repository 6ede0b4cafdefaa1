package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes one record to several replicas, part by part. A replica whose device fails is left out of the rest; any other failure
 * ends it for all.
 */
final class FanOut {
    private record Target(Replica replica, RecordWriter writer) {}

    private final byte[] key;
    private final BlockSize blockSize;
    private final List<Target> targets = new ArrayList<>();
    private final Map<Replica, DeviceException> failed = new LinkedHashMap<>();
    private long size;

    FanOut(List<Replica> replicas, byte[] key, long generation, long userFlags) {
        this.key = key;
        this.blockSize = new BlockSize(replicas.get(0).blocks().size());
        for (Replica replica : replicas) {
            targets.add(new Target(replica, new RecordWriter(replica.blocks(), key, generation, userFlags)));
        }
    }

    /** What is done on each replica. */
    private interface Step {
        void run(Target target) throws DeviceException;
    }

    private void onEach(Step step) throws DeviceException {
        List<Target> running = List.copyOf(targets);
        DeviceException last = null;
        for (Target target : running) {
            try {
                step.run(target);
            } catch (DeviceException e) {
                target.replica().discard(target.writer().numbers());
                failed.put(target.replica(), e);
                targets.remove(target);
                last = e;
            }
        }
        if (targets.isEmpty() && last != null) {
            throw last;
        }
    }

    /** Refuses a value that does not fit on every replica, before anything is written. */
    void requireRoom(long valueBytes) throws StoreException {
        long wanted = blockSize.blocks(key.length, valueBytes);
        for (Target target : targets) {
            int free = target.replica().room().free();
            if (free < wanted) {
                throw full(OptionalLong.of(wanted * blockSize.bytes()), free);
            }
        }
    }

    private NoSpaceException full(OptionalLong wantedBytes, int free) {
        return PeerError.STORAGE_FULL.on(new NoSpaceException(
                "value of " + Key.escape(key), wantedBytes, OptionalLong.of((long) free * blockSize.bytes())));
    }

    /**
     * Writes the whole record, and makes it durable. After a failure nothing of it is to be kept, and all of it is
     * discarded.
     *
     * @return the copies on the replicas that did not fail
     */
    List<Binding.Copy> write(ValueSource source) throws StoreException {
        try {
            writeParts(source);
            onEach(target -> target.replica().blocks().sync());
        } catch (StoreException | RuntimeException e) {
            targets.forEach(target -> target.replica().discard(target.writer().numbers()));
            throw e;
        }
        return targets.stream()
                .map(target ->
                        new Binding.Copy(target.replica(), target.writer().record(size)))
                .toList();
    }

    private void writeParts(ValueSource source) throws StoreException {
        extend();
        byte[] first = next(source, blockSize.firstCapacity(key.length));
        for (int index = 1; source.hasMore(); index++) {
            if (index == 1) {
                extend();
            }
            byte[] part = next(source, blockSize.chunkCapacity());
            if (source.hasMore()) {
                extend();
            }
            int place = index;
            onEach(target -> target.writer().writeChunk(place, ByteBuffer.wrap(part)));
        }
        onEach(target -> target.writer().writeDescriptor(ByteBuffer.wrap(first), size));
    }

    private byte[] next(ValueSource source, int most) throws StoreException {
        byte[] part = source.next(most);
        size += part.length;
        if (size > BlockSize.MAX_VALUE) {
            throw new LimitExceededException("value (bytes)", BlockSize.MAX_VALUE, size, Key.escape(key));
        }
        targets.forEach(target -> target.writer().addToFingerprint(part));
        return part;
    }

    private void extend() throws NoSpaceException {
        for (Target target : targets) {
            int block = target.replica().room().take();
            if (block == Room.FULL) {
                throw full(OptionalLong.empty(), 0);
            }
            target.writer().extend(block);
        }
    }

    /** The replicas that failed, with the reason. */
    Map<Replica, DeviceException> failed() {
        return failed;
    }
}
