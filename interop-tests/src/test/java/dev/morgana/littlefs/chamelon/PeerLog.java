package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogCrc;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A block as chamelon holds it in memory: it is written whole each time, all of its commits anew. */
record PeerLog(int revision, List<PeerLog.Commit> commits) {
    private static final int CLOSING_BYTES = Tag.BYTES + Integer.BYTES;

    /** One commit; the chunk of its CRC tag is 1 for a split. */
    record Commit(List<PairChange> entries, int chunk, int padding) {}

    static PeerLog read(BlockBytes block) throws StoreException {
        LogReader log = new LogReader(block, Dialect.CHAMELON);
        List<Commit> commits = new ArrayList<>();
        List<PairChange> entries = new ArrayList<>();
        for (LogItem item = log.next(); item != null; item = log.next()) {
            if (item instanceof LogItem.Entry entry) {
                entries.add(new PairChange(entry.tag(), entry.data()));
            } else {
                commits.add(new Commit(
                        List.copyOf(entries), item.tag().chunk(), item.tag().dataLength() - Integer.BYTES));
                entries.clear();
            }
        }
        return new PeerLog(log.revision(), commits);
    }

    Stream<PairChange> entries() {
        return commits.stream().flatMap(commit -> commit.entries().stream());
    }

    int length() {
        return Integer.BYTES
                + commits.stream()
                        .mapToInt(commit -> length(commit.entries()) + CLOSING_BYTES + commit.padding())
                        .sum();
    }

    private static int length(List<PairChange> entries) {
        return entries.stream().mapToInt(PairChange::length).sum();
    }

    /** One more commit at the end, in place of one without entries. */
    PeerLog with(List<PairChange> entries, int unit) {
        List<Commit> kept = new ArrayList<>(commits);
        kept.removeIf(commit -> commit.entries().isEmpty());
        PeerLog before = new PeerLog(revision, kept);
        int padding = Math.floorMod(-(before.length() + length(entries) + CLOSING_BYTES), unit);
        kept.add(new Commit(entries, 0, padding));
        return new PeerLog(revision + 1, kept);
    }

    /** A block of one commit without entries. */
    static PeerLog empty(int unit) {
        return new PeerLog(0, List.of()).with(List.of(), unit);
    }

    /** The newest of each kind and id, deletes included. */
    PeerLog compacted(int unit) {
        Collection<PairChange> kept = kept();
        return new PeerLog(revision, List.of()).with(List.copyOf(kept), unit);
    }

    Collection<PairChange> kept() {
        Map<List<Integer>, PairChange> newest = new TreeMap<>((a, b) -> a.get(0).equals(b.get(0))
                ? a.get(1).compareTo(b.get(1))
                : a.get(0).compareTo(b.get(0)));
        entries().forEach(entry -> {
            if (entry.tag().is(TagType.DELETE)) {
                newest.keySet().removeIf(key -> key.get(0) == entry.tag().id());
            }
            newest.put(List.of(entry.tag().id(), entry.tag().type()), entry);
        });
        return newest.values();
    }

    /** A commit of its own with a tail, padded as if it were without. */
    PeerLog withHardTail(BlockPair next, int unit) {
        List<Commit> all = new ArrayList<>(commits);
        PairChange tail = new PairChange(Tag.of(TagType.HARD_TAIL, Tag.NO_ID, BlockPair.BYTES), next.encode());
        all.add(new Commit(List.of(tail), 1, Math.floorMod(-CLOSING_BYTES, unit)));
        return new PeerLog(revision, all);
    }

    byte[] encode(int blockSize) {
        ByteBuffer block = ByteBuffer.allocate(blockSize)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(revision)
                .order(ByteOrder.BIG_ENDIAN);
        int previous = Tag.NO_PREVIOUS;
        int start = 0;
        for (Commit commit : commits) {
            for (PairChange entry : commit.entries()) {
                block.putInt(entry.tag().encode(previous)).put(entry.data());
                previous = entry.tag().word();
            }
            Tag end = Tag.of(TagType.COMMIT_CRC.code() + commit.chunk(), Tag.NO_ID, Integer.BYTES + commit.padding());
            block.putInt(end.encode(previous));
            previous = end.word();
            LogCrc crc = new LogCrc();
            crc.update(block.duplicate().flip().position(start));
            block.order(ByteOrder.LITTLE_ENDIAN).putInt(crc.value()).order(ByteOrder.BIG_ENDIAN);
            Arrays.fill(block.array(), block.position(), block.position() + commit.padding(), (byte) 0xff);
            start = block.position() + commit.padding();
            block.position(start);
        }
        return block.array();
    }
}
