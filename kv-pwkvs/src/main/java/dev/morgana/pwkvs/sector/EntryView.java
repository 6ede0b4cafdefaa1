package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** The bytes at an address during one operation: read once, more only where the entry is longer than expected. */
final class EntryView {
    private final Flash flash;
    private final Settings settings;
    private final long address;
    private final int expected;
    private byte[] bytes = new byte[0];

    /** A view; the first read takes the expected number of bytes at once. */
    EntryView(Flash flash, Settings settings, long address, int expected) {
        this.flash = flash;
        this.settings = settings;
        this.address = address;
        this.expected = expected;
    }

    /** A view of bytes that were read before, as the start of the entry. */
    EntryView(Flash flash, Settings settings, long address, byte[] read) {
        this(flash, settings, address, read.length);
        bytes = read;
    }

    long address() {
        return address;
    }

    /** At least so many bytes from the start of the entry. */
    byte[] atLeast(int length) throws StoreException {
        if (bytes.length < length) {
            int have = bytes.length;
            byte[] more = flash.read(address + have, Math.max(length, have == 0 ? expected : 0) - have);
            bytes = Arrays.copyOf(bytes, have + more.length);
            System.arraycopy(more, 0, bytes, have, more.length);
        }
        return bytes;
    }

    /** The header, classified (section 7): {@code NOT_FOUND} at the end of a log, {@code DATA_LOSS} where it cannot be one. */
    EntryHeader header() throws StoreException {
        byte[] start = atLeast(EntryHeader.BYTES);
        if (isErased(start)) {
            throw PeerStatus.NOT_FOUND.at(flash.position(address, "entry header"), "an entry", "erased flash");
        }
        EntryHeader header = EntryHeader.decode(start, 0);
        if (header.keyLength() > EntryHeader.KEY_MAX) {
            throw damage("a key of at most " + EntryHeader.KEY_MAX + " bytes", header.keyLength() + " bytes");
        }
        format(header);
        return header;
    }

    private boolean isErased(byte[] start) {
        for (int index = 0; index < Integer.BYTES; index++) {
            if (start[index] != settings.erased()) {
                return false;
            }
        }
        return true;
    }

    private EntryFormat format(EntryHeader header) throws StoreException {
        return settings.format(header.magic())
                .orElseThrow(() ->
                        damage("one of the magics " + settings.formats(), String.format("0x%08x", header.magic())));
    }

    /** Verifies the whole entry as it is on flash (section 4.3). */
    EntryHeader verified() throws StoreException {
        EntryHeader header = header();
        byte[] entry = atLeast(header.size());
        if (!format(header).checksum().accepts(header.checksum(), entry, 0, header.size())) {
            throw damage("an entry with the checksum that it has", "another checksum");
        }
        return header;
    }

    /** What the entry says to be, if it is damaged behind a header and a key that can be read. */
    Optional<RollBack> suspect() throws DeviceException {
        try {
            EntryHeader header = header();
            if (header.keyLength() == 0) {
                return Optional.empty();
            }
            byte[] key = EntryImage.key(header, atLeast(header.valueOffset()));
            long transaction = Integer.toUnsignedLong(header.transactionId());
            return Optional.of(new RollBack(address, key, transaction, OptionalLong.empty()));
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return Optional.empty(); // nothing to tell
        }
    }

    /** Damage of this entry. */
    StoreException damage(String expectation, String found) {
        return PeerStatus.DATA_LOSS.at(flash.position(address, "entry"), expectation, found);
    }
}
