package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Returns with what is on flash (section 10). Each answer takes one read where the entry is as the index knows it. */
final class Reading {
    private final Flash flash;
    private final KvsState state;

    Reading(Flash flash, KvsState state) {
        this.flash = flash;
        this.state = state;
    }

    Optional<Kvs.Part> get(byte[] key, int capacity, int offset) throws StoreException {
        Lookup lookup = new Lookup(flash, state, true);
        KeyRecord record = lookup.findExisting(key);
        return record == null ? Optional.empty() : Optional.of(get(lookup, record, key, capacity, offset));
    }

    private Kvs.Part get(Lookup lookup, KeyRecord record, byte[] key, int capacity, int offset) throws StoreException {
        try {
            Lookup.Entry entry = lookup.read(record);
            if (state.settings().rules().readsOtherCopies() && !entry.header().equals(record.header())) {
                throw entry.view().damage("the header that was indexed, " + record.header(), entry.header() + "");
            }
            return part(entry, key, capacity, offset);
        } catch (StoreException e) {
            HostFailure.passOn(e);
            if (!state.settings().rules().readsOtherCopies() || e instanceof LimitExceededException) {
                throw e;
            }
            Optional<Kvs.Part> other = fromIntactCopy(lookup, record, key, capacity, offset);
            if (other.isEmpty()) {
                throw e;
            }
            return other.get();
        }
    }

    /** The next best copy (section 23.1); damage of the first one is noted, so that maintenance writes it anew. */
    private Optional<Kvs.Part> fromIntactCopy(Lookup lookup, KeyRecord record, byte[] key, int capacity, int offset)
            throws DeviceException {
        for (long address : List.copyOf(record.addresses())) {
            EntryView view = lookup.view(record, address);
            try {
                EntryHeader header = view.verified();
                byte[] content = view.atLeast(header.contentLength());
                if (header.transactionId() == record.header().transactionId()
                        && Arrays.equals(EntryImage.key(header, content), key)) {
                    return Optional.of(part(new Lookup.Entry(header, view), key, capacity, offset));
                }
            } catch (StoreException e) {
                HostFailure.passOn(e);
                state.damaged(address); // the caller is told of the failure of the first copy
            }
        }
        return Optional.empty();
    }

    private Kvs.Part part(Lookup.Entry entry, byte[] key, int capacity, int offset) throws StoreException {
        EntryHeader header = entry.header();
        int size = header.valueLength();
        if (offset > size) {
            throw PeerStatus.OUT_OF_RANGE.on(
                    new LimitExceededException("offset into the value (bytes)", size, offset, Key.escape(key)));
        }
        int length = Math.min(capacity, size - offset);
        int from = header.valueOffset() + offset;
        byte[] bytes = Arrays.copyOfRange(entry.view().atLeast(from + length), from, from + length);
        boolean toTheEnd = length == size - offset;
        if (toTheEnd && state.settings().verifyOnRead() && offset == 0) {
            verify(entry, key, bytes);
        }
        return new Kvs.Part(bytes, toTheEnd);
    }

    private void verify(Lookup.Entry entry, byte[] key, byte[] value) throws StoreException {
        EntryHeader header = entry.header();
        var algorithm = state.settings().format(header.magic()).orElseThrow().checksum();
        boolean right = key.length == header.keyLength()
                && algorithm.accepts(header.checksum(), EntryImage.assemble(header, key, value), 0, header.size());
        if (!right) {
            throw entry.view().damage("a value with the checksum that it has", "another checksum");
        }
    }

    Optional<Integer> valueSize(byte[] key) throws StoreException {
        Lookup lookup = new Lookup(flash, state, false);
        KeyRecord record = lookup.findExisting(key);
        return record == null
                ? Optional.empty()
                : Optional.of(lookup.read(record).header().valueLength());
    }

    /** All bound keys with their values, damaged ones as far as they can be told. */
    List<Kvs.Item> iterate() throws DeviceException {
        List<Kvs.Item> items = new ArrayList<>();
        for (KeyRecord record : state.index().records()) {
            if (!record.isDeleted()) {
                items.add(item(record));
            }
        }
        return items;
    }

    private Kvs.Item item(KeyRecord record) throws DeviceException {
        Lookup lookup = new Lookup(flash, state, true);
        byte[] key = new byte[0];
        try {
            Lookup.Entry entry = lookup.read(record);
            EntryHeader header = entry.header();
            key = EntryImage.key(header, entry.view().atLeast(header.valueOffset()));
            return new Kvs.Item(
                    key, Optional.of(header.valueLength()), Optional.ofNullable(valueOrNull(lookup, record, key)));
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return new Kvs.Item(key, Optional.empty(), Optional.empty());
        }
    }

    private byte @Nullable [] valueOrNull(Lookup lookup, KeyRecord record, byte[] key) throws DeviceException {
        try {
            return get(lookup, record, key, Integer.MAX_VALUE, 0).bytes();
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return null; // the item says that its value cannot be read
        }
    }
}
