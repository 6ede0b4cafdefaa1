package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decodes sectors for tools: every entry, good or bad, and what stands past the end of a log. Keeps no state. */
public final class LogWalk {
    /**
     * A piece of a sector.
     *
     * @param address where it begins in the partition
     * @param length in bytes
     * @param entry what it is, if it is an entry that is intact
     * @param key of the entry; empty without one
     * @param problem why it is no intact entry; empty for entries and erased flash
     * @param suspect what it says to be, if it is damaged and says anything
     */
    public record Piece(
            long address,
            int length,
            Optional<EntryHeader> entry,
            byte[] key,
            String problem,
            Optional<RollBack> suspect) {
        static Piece entry(long address, EntryHeader header, byte[] key) {
            return new Piece(address, header.size(), Optional.of(header), key, "", Optional.empty());
        }

        static Piece erased(long address, int length) {
            return new Piece(address, length, Optional.empty(), new byte[0], "", Optional.empty());
        }

        static Piece damage(long address, int length, String problem, Optional<RollBack> suspect) {
            return new Piece(address, length, Optional.empty(), new byte[0], problem, suspect);
        }

        /** Whether nothing was written here. */
        public boolean isErased() {
            return entry.isEmpty() && problem.isEmpty();
        }
    }

    private final Flash flash;
    private final Settings settings;

    /** A walk over a partition. */
    public LogWalk(Flash flash, Settings settings) {
        this.flash = flash;
        this.settings = settings;
    }

    /**
     * The pieces of a sector, in order and without gaps.
     *
     * @throws DeviceException the sector cannot be read
     */
    public List<Piece> pieces(int sector) throws StoreException {
        byte[] bytes = flash.read(flash.startOf(sector), settings.sectorSize());
        List<Piece> pieces = new ArrayList<>();
        for (int offset = 0; offset < bytes.length; ) {
            Piece piece = piece(flash.startOf(sector) + offset, Arrays.copyOfRange(bytes, offset, bytes.length));
            pieces.add(piece);
            offset += piece.length();
        }
        return pieces;
    }

    /**
     * The value of an entry.
     *
     * @throws CorruptStoreException the entry is not there any more
     */
    public byte[] value(long address) throws StoreException {
        EntryView view = new EntryView(flash, settings, address, EntryHeader.BYTES);
        EntryHeader header = view.verified();
        return EntryImage.value(header, view.atLeast(header.contentLength()));
    }

    private Piece piece(long address, byte[] rest) throws StoreException {
        EntryView view = new EntryView(flash, settings, address, rest);
        try {
            if (rest.length < EntryHeader.BYTES) {
                throw view.damage("room for an entry header", rest.length + " bytes");
            }
            EntryHeader header = view.header();
            if (header.keyLength() == 0 || header.size() > rest.length) {
                throw view.damage("a key and a value within the sector", header.toString());
            }
            view.verified();
            return Piece.entry(address, header, EntryImage.key(header, rest));
        } catch (CorruptStoreException e) {
            if (PeerStatus.of(e) == PeerStatus.NOT_FOUND) {
                return end(address, rest);
            }
            return Piece.damage(address, nextMagic(rest), e.expected() + ", found " + e.found(), view.suspect());
        }
    }

    /** The free space behind a log; bytes in it were written by an erase or a write that was cut. */
    private Piece end(long address, byte[] rest) {
        for (byte each : rest) {
            if (each != settings.erased()) {
                return Piece.damage(
                        address, nextMagic(rest), "erased flash, found bytes behind the log", Optional.empty());
            }
        }
        return Piece.erased(address, rest.length);
    }

    private int nextMagic(byte[] rest) {
        for (int offset = EntryHeader.BYTES; offset + EntryHeader.BYTES <= rest.length; offset += EntryHeader.BYTES) {
            if (settings.format(EntryHeader.decode(rest, offset).magic()).isPresent()) {
                return offset;
            }
        }
        return rest.length;
    }
}
