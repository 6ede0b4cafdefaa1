package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The live entries of a sector that is collected: fetched with one read for each row of neighbours, and nothing between the
 * rows. What is damaged comes from another copy (section 23.2). Pigweed reads each by itself, and verifies nothing.
 */
final class Sources {
    private final Flash flash;
    private final KvsState state;
    private final Map<Long, byte[]> fetched = new HashMap<>();

    Sources(Flash flash, KvsState state, Sector victim) throws DeviceException {
        this.flash = flash;
        this.state = state;
        if (state.settings().rules().readsNeighboursTogether()) {
            fetchRows(sizes(victim));
        }
    }

    private SortedMap<Long, Integer> sizes(Sector victim) {
        SortedMap<Long, Integer> sizes = new TreeMap<>();
        for (KeyRecord record : state.index().records()) {
            for (long address : record.addresses()) {
                if (state.sectorAt(address) == victim) {
                    sizes.put(address, record.header().size());
                }
            }
        }
        return sizes;
    }

    private void fetchRows(SortedMap<Long, Integer> sizes) throws DeviceException {
        List<Long> row = new ArrayList<>();
        long end = -1;
        for (Map.Entry<Long, Integer> entry : sizes.entrySet()) {
            if (entry.getKey() != end) {
                fetch(row, end);
                row.clear();
            }
            row.add(entry.getKey());
            end = entry.getKey() + entry.getValue();
        }
        fetch(row, end);
    }

    private void fetch(List<Long> row, long end) throws DeviceException {
        if (row.isEmpty()) {
            return;
        }
        long start = row.get(0);
        try {
            byte[] bytes = flash.read(start, (int) (end - start));
            for (long address : row) {
                fetched.put(address, Arrays.copyOfRange(bytes, (int) (address - start), bytes.length));
            }
        } catch (StoreException e) {
            HostFailure.passOn(e);
            fetched.keySet().removeAll(row); // each will be read by itself, and tell for itself
        }
    }

    /** An entry whose copy at an address is to be moved. */
    Lookup.Entry of(KeyRecord record, long address) throws StoreException {
        Lookup lookup = new Lookup(flash, state, true);
        if (!state.settings().rules().readsNeighboursTogether()) {
            return lookup.read(record);
        }
        byte[] bytes = fetched.get(address);
        if (bytes != null) {
            EntryView view = new EntryView(flash, state.settings(), address, bytes);
            if (isIntact(view, record.header())) {
                return new Lookup.Entry(record.header(), view);
            }
        }
        return lookup.readIntact(record);
    }

    private static boolean isIntact(EntryView view, EntryHeader expected) throws DeviceException {
        try {
            return view.verified().equals(expected);
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return false;
        }
    }
}
