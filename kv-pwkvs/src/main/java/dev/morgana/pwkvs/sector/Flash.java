package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/** The partition: addresses count from its first byte (section 2.2). Failures carry Pigweed's names. */
public final class Flash {
    private static final int PROGRAM_BYTES = 256;

    private final BlockDevice device;
    private final int sectorSize;
    private final int sectorCount;
    private final int firstSector;
    private boolean unsyncedPrograms;
    private boolean unsyncedErases;

    /** A partition of a device whose blocks are the sectors. */
    public Flash(BlockDevice device, Settings settings) {
        assert device.geometry().blockSize() == settings.sectorSize();
        this.device = device;
        this.sectorSize = settings.sectorSize();
        this.sectorCount = settings.sectorCount();
        this.firstSector = settings.firstSector();
    }

    /** The device under it. */
    public BlockDevice device() {
        return device;
    }

    /** The sector that holds an address. */
    int sectorAt(long address) {
        return (int) (address / sectorSize);
    }

    /** Where a sector begins. */
    long startOf(int sector) {
        return (long) sector * sectorSize;
    }

    /** The place of an address, in the words of the device. */
    public Position position(long address, String structure) {
        return new Position(device.name(), firstSector + address / sectorSize, address % sectorSize, structure);
    }

    private long onDevice(long address) {
        return (long) firstSector * sectorSize + address;
    }

    /** Reads bytes; a range that leaves the partition is {@code OUT_OF_RANGE}. */
    byte[] read(long address, int length) throws StoreException {
        if (length > startOf(sectorCount) - address) {
            throw PeerStatus.OUT_OF_RANGE.at(
                    position(address, "entry"), "to end within the partition", length + " bytes");
        }
        int unit = device.geometry().readSize();
        int before = (int) (address % unit);
        ByteBuffer units = ByteBuffer.allocate(EntryHeader.alignUp(before + length, unit));
        try {
            device.read(onDevice(address) - before, units);
        } catch (DeviceException e) {
            throw named(e);
        }
        byte[] wanted = new byte[length];
        units.get(before, wanted);
        return wanted;
    }

    /** Programs an entry, in pieces as Pigweed does (section 3.3). */
    void program(long address, byte[] entry, int entryAlignment) throws StoreException {
        int step = PROGRAM_BYTES / entryAlignment * entryAlignment;
        if (step == 0) {
            throw PeerStatus.INTERNAL.at(
                    position(address, "entry"), "alignment of at most " + PROGRAM_BYTES, "alignment " + entryAlignment);
        }
        if (entry.length > startOf(sectorCount) - address) {
            throw PeerStatus.OUT_OF_RANGE.at(
                    position(address, "entry"), "to end within the partition", entry.length + " bytes");
        }
        unsyncedPrograms = true;
        try {
            for (int from = 0; from < entry.length; from += step) {
                ByteBuffer piece = ByteBuffer.wrap(entry, from, Math.min(step, entry.length - from));
                device.program(onDevice(address) + from, piece.slice());
            }
        } catch (DeviceException e) {
            throw named(e);
        }
    }

    /** Erases a sector, after everything that was programmed is durable: what it held lives elsewhere now. */
    void erase(int sector) throws StoreException {
        if (unsyncedPrograms) {
            sync();
        }
        unsyncedErases = true;
        try {
            device.erase(firstSector + sector);
        } catch (DeviceException e) {
            throw named(e);
        }
    }

    /** Erases a sector that is not erased. */
    public void eraseIfWritten(int sector, byte erased) throws StoreException {
        for (byte each : read(startOf(sector), sectorSize)) {
            if (each != erased) {
                erase(sector);
                return;
            }
        }
    }

    /** Makes everything durable. */
    public void sync() throws StoreException {
        if (unsyncedPrograms || unsyncedErases) {
            try {
                device.sync();
            } catch (DeviceException e) {
                throw named(e);
            }
            unsyncedPrograms = false;
            unsyncedErases = false;
        }
    }

    private static DeviceException named(DeviceException e) {
        if (e.nativeCode().isEmpty()) {
            PeerStatus status =
                    e instanceof DeviceReadOnlyException ? PeerStatus.PERMISSION_DENIED : PeerStatus.UNAVAILABLE;
            return status.on(e);
        }
        return e;
    }
}
