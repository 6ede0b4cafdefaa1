package dev.morgana.interop.golden;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The device of the recordings: flash that refuses to program twice, with armed faults and a budget of power. */
final class PwKvsDevice implements BlockDevice {
    /** A fault that is armed. */
    private static final class Fault {
        private final Fields line;
        private int after;
        private int times;

        Fault(Fields line) {
            this.line = line;
            this.after = line.get("after").asInt();
            this.times = line.get("times").asInt();
        }
    }

    private final Geometry geometry;
    private final byte[] bytes;
    private final byte erased;
    private final List<Fault> faults = new ArrayList<>();
    private final long[] eraseCounts;
    private long programBudget = Long.MAX_VALUE;
    private long eraseBudget = Long.MAX_VALUE;
    private int tornEraseBytes;
    private boolean powerLost;
    private boolean metPowerLoss;
    private long reads;
    private long readBytes;
    private long programs;
    private long programBytes;
    private long erases;
    private long syncs;

    PwKvsDevice(int sectorSize, int sectorCount, int flashAlignment, byte erased, byte[] image) {
        ErasedState state = erased == 0 ? ErasedState.ZEROS : ErasedState.ONES;
        this.geometry = new Geometry(1, flashAlignment, sectorSize, sectorCount, state);
        this.erased = erased;
        this.bytes = new byte[sectorSize * sectorCount];
        this.eraseCounts = new long[sectorCount];
        Arrays.fill(bytes, erased);
        System.arraycopy(image, 0, bytes, 0, image.length);
    }

    byte[] image() {
        return bytes.clone();
    }

    long[] eraseCounts() {
        return eraseCounts.clone();
    }

    IoCount count() {
        long eraseBytes = erases * geometry.blockSize();
        return new IoCount(reads, readBytes, programs, programBytes, erases, eraseBytes, syncs, 0);
    }

    void arm(Fields fault) {
        faults.add(new Fault(fault));
    }

    void clearFaults() {
        faults.clear();
    }

    void limitPrograms(long budget) {
        programBudget = budget;
    }

    void limitErases(long budget, int tornBytes) {
        eraseBudget = budget;
        tornEraseBytes = tornBytes;
    }

    void powerOn() {
        clearFaults();
        programBudget = Long.MAX_VALUE;
        eraseBudget = Long.MAX_VALUE;
        powerLost = false;
    }

    /** Whether a call since the last question met the loss of power. */
    boolean takeMetPowerLoss() {
        boolean met = metPowerLoss;
        metPowerLoss = false;
        return met;
    }

    /** Changes bytes behind the store. */
    void poke(int offset, byte[] values) {
        System.arraycopy(values, 0, bytes, offset, values.length);
    }

    void flip(int offset, int mask) {
        bytes[offset] ^= (byte) mask;
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    private DeviceException failure(String status, long position, int length) {
        return (DeviceException)
                new DeviceIoException(name(), "answers " + status, position, length, null).withNativeCode(status);
    }

    /** What a driver answers of itself is an answer of the medium for Pigweed, whatever it says. */
    private DeviceException answered(Fields fault, long position) {
        return (DeviceException) new BadBlockException(name(), geometry.blockAt(position), fault.text("kind"))
                .withNativeCode(fault.text("status"));
    }

    private void requirePower(long position, int length) throws DeviceException {
        if (powerLost) {
            metPowerLoss = true;
            throw failure("UNAVAILABLE", position, length);
        }
    }

    private Fault hit(String kind, long position, int length) {
        Fault hit = null;
        for (Fault fault : faults) {
            long begin = fault.line.find("begin").map(n -> n.asLong()).orElse(0L);
            long end = fault.line.find("end").map(n -> n.asLong()).orElse(Long.MAX_VALUE);
            boolean meant = fault.line.text("kind").equals(kind) && position < end && position + length > begin;
            if (!meant || fault.times == 0) {
                continue;
            }
            if (fault.after > 0) {
                fault.after--;
            } else if (hit == null) {
                fault.times--;
                hit = fault;
            }
        }
        return hit;
    }

    private static boolean isPerformed(Fault fault) {
        return fault == null || fault.line.get("performed").asBoolean();
    }

    private void answer(Fault fault, long position, int length) throws DeviceException {
        if (fault != null && !fault.line.text("status").equals("OK")) {
            throw answered(fault.line, position);
        }
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        int length = target.remaining();
        geometry.checkRead(position, length);
        requirePower(position, length);
        if (length == 0) {
            return;
        }
        reads++;
        readBytes += length;
        Fault fault = hit("read", position, length);
        if (isPerformed(fault)) {
            target.put(bytes, (int) position, length);
        }
        answer(fault, position, length);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        int length = source.remaining();
        geometry.checkProgram(position, length);
        requirePower(position, length);
        int at = (int) position;
        for (int index = at; index < at + length; index++) {
            if (bytes[index] != erased) {
                throw failure("UNKNOWN", position, length);
            }
        }
        programs++;
        programBytes += length;
        Fault fault = hit("write", position, length);
        if (isPerformed(fault)) {
            int done = (int) Math.min(length, programBudget);
            source.get(bytes, at, done);
            programBudget = programBudget == Long.MAX_VALUE ? programBudget : programBudget - done;
            if (done < length) {
                programs--; // a call that meets the loss of power does not count
                programBytes -= length;
                losePower(position, length);
            }
        }
        answer(fault, position, length);
    }

    private void losePower(long position, int length) throws DeviceException {
        powerLost = true;
        requirePower(position, length);
    }

    @Override
    public void erase(long block) throws DeviceException {
        geometry.checkErase(block);
        int start = (int) geometry.startOf(block);
        int size = geometry.blockSize();
        requirePower(start, size);
        if (programBudget == 0) {
            losePower(start, size);
        }
        if (eraseBudget == 0) {
            Arrays.fill(bytes, start, start + Math.min(size, tornEraseBytes), erased);
            losePower(start, size);
        }
        eraseBudget = eraseBudget == Long.MAX_VALUE ? eraseBudget : eraseBudget - 1;
        erases++;
        eraseCounts[(int) block]++;
        Fault fault = hit("erase", start, size);
        if (isPerformed(fault)) {
            Arrays.fill(bytes, start, start + size, erased);
        }
        answer(fault, start, size);
    }

    @Override
    public void sync() throws DeviceException {
        requirePower(0, 0);
        syncs++;
    }

    @Override
    public BlockDevice reshape(Geometry wanted) {
        if (wanted.blockSize() != geometry.blockSize() || wanted.blockCount() > geometry.blockCount()) {
            throw new IllegalArgumentException("the recordings keep their sectors: " + wanted);
        }
        return this;
    }

    @Override
    public void close() {
        powerLost = true; // nothing may be asked of it any more
    }
}
