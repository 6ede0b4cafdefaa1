package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Binding;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Ordered listing, from the index. */
final class Scans implements OrderedScan {
    private final Volume volume;
    private final StoreLife life;
    private final Snapshots snapshots;

    Scans(Volume volume, StoreLife life, Snapshots snapshots) {
        this.volume = volume;
        this.life = life;
        this.snapshots = snapshots;
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) throws StoreException {
        return life.reading(() -> {
            NavigableMap<byte[], Binding> within = within(range);
            List<Binding> bindings =
                    List.copyOf((direction == Direction.FORWARD ? within : within.descendingMap()).values());
            RecordCursor cursor = new RecordCursor(life, snapshots, bindings);
            snapshots.add(cursor);
            return cursor;
        });
    }

    @Override
    public Optional<byte[]> first(KeyRange range) throws StoreException {
        return life.reading(() -> {
            Map.Entry<byte[], Binding> first = within(range).firstEntry();
            return first == null
                    ? Optional.empty()
                    : Optional.of(first.getValue().copyOfKey());
        });
    }

    private NavigableMap<byte[], Binding> within(KeyRange range) {
        NavigableMap<byte[], Binding> index = volume.index();
        byte[] from = range.from();
        byte[] to = range.to();
        if (from != null && to != null && Arrays.compareUnsigned(from, to) > 0) {
            return index.headMap(new byte[0], false); // nothing; a map refuses such bounds
        }
        if (from != null) {
            index = index.tailMap(from, range.fromInclusive());
        }
        return to == null ? index : index.headMap(to, range.toInclusive());
    }
}
