package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.KeyHash;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys (sections 9 and 10). One object serves one operation, and reads each copy once. Keys are told apart by what the
 * index remembers of them, so that damage of one does not hide it; Pigweed remembers the hash alone, and reads them.
 */
final class Lookup {
    /** A record, and the copy that is to be used. */
    record Entry(EntryHeader header, EntryView view) {}

    private final Flash flash;
    private final KvsState state;
    private final Map<Long, EntryView> views = new HashMap<>();
    private final boolean values;

    /** A lookup that reads values along with their keys, or not. */
    Lookup(Flash flash, KvsState state, boolean values) {
        this.flash = flash;
        this.state = state;
        this.values = values;
    }

    /** The view of a copy. */
    EntryView view(KeyRecord record, long address) {
        int expected =
                values ? record.header().contentLength() : record.header().valueOffset();
        return views.computeIfAbsent(address, at -> new EntryView(flash, state.settings(), at, expected));
    }

    /**
     * The record of a key, deleted or not; null if there is none.
     *
     * @throws InvalidRequestException another key has the same hash ({@code ALREADY_EXISTS})
     * @throws StoreException no copy can be read ({@code DATA_LOSS})
     */
    @Nullable
    KeyRecord find(byte[] key) throws StoreException {
        KeyRecord record = state.index().find(KeyHash.of(key));
        if (record == null) {
            return null;
        }
        if (state.settings().rules().trustsIndex()) {
            requireSameKey(Arrays.equals(record.key(), key), key);
            return record;
        }
        for (long address : List.copyOf(record.addresses())) {
            EntryView view = view(record, address);
            byte[] found = keyAt(view, key.length);
            if ((found != null && KeyHash.of(found) == record.hash()) || isIntact(view)) {
                requireSameKey(Arrays.equals(found, key), key);
                return record;
            }
            state.damaged(address);
        }
        throw new ArrayList<>(views.values()).get(0).damage("a copy that can be read", "none");
    }

    private static byte @Nullable [] keyAt(EntryView view, int length) throws DeviceException {
        try {
            return Arrays.copyOfRange(
                    view.atLeast(EntryHeader.BYTES + length), EntryHeader.BYTES, EntryHeader.BYTES + length);
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return null; // the next copy may be readable; if none is, that is told
        }
    }

    private static void requireSameKey(boolean same, byte[] key) throws InvalidRequestException {
        if (!same) {
            throw PeerStatus.ALREADY_EXISTS.on(new InvalidRequestException("key " + Key.escape(key)
                    + " has the same hash as another key in the store, so they cannot both be in it"));
        }
    }

    private static boolean isIntact(EntryView view) throws DeviceException {
        try {
            view.verified();
            return true;
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return false;
        }
    }

    /** The record of a key that is bound; null if it is not. */
    @Nullable
    KeyRecord findExisting(byte[] key) throws StoreException {
        KeyRecord record;
        try {
            record = find(key);
        } catch (InvalidRequestException e) {
            return null; // only a key with the same hash is there
        }
        return record == null || record.isDeleted() ? null : record;
    }

    /** The first copy that is intact, value and all. */
    Entry readIntact(KeyRecord record) throws StoreException {
        for (long address : List.copyOf(record.addresses())) {
            EntryView view = view(record, address);
            if (isIntact(view) && view.header().equals(record.header())) {
                return new Entry(view.header(), view);
            }
        }
        state.errorDetected = true;
        throw view(record, record.addresses().get(0)).damage("an intact copy of " + Key.escape(record.key()), "none");
    }

    /** The first copy whose header can be read. */
    Entry read(KeyRecord record) throws StoreException {
        StoreException last = null;
        for (long address : List.copyOf(record.addresses())) {
            EntryView view = view(record, address);
            try {
                return new Entry(view.header(), view);
            } catch (StoreException e) {
                HostFailure.passOn(e);
                state.damaged(address);
                last = e;
            }
        }
        if (last == null) {
            throw new IllegalStateException("record without a copy");
        }
        throw last;
    }
}
