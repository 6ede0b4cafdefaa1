package dev.morgana.tck.power;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One or more equal devices in memory that remember what was not yet synced, so that a power loss can be played on them. The
 * content outlives the devices that are opened over it.
 *
 * <p>Optionally it keeps the rules of flash: programming a unit that is not erased, or across blocks, is an
 * {@link AssertionError}.
 *
 * <p>Safe for use by many threads.
 */
public final class VolatileMedium {
    /** What the content was when this medium was made. */
    private final Image start;

    private final Image live;
    /** Which blocks' arrays are the live image's alone, and may be changed. */
    private final boolean[] owned;

    private final List<Event> journal = new ArrayList<>();
    private final @Nullable FlashRules rules;
    private long requests;
    private long requestLimit = Long.MAX_VALUE;

    private VolatileMedium(Image start, boolean flash) {
        this.start = start;
        this.live = start.copy();
        this.owned = new boolean[Math.toIntExact(start.geometry().blockCount() * start.devices())];
        this.rules = flash ? new FlashRules(start.geometry()) : null;
    }

    /**
     * Erased devices; devices whose erased state is undefined hold zeros.
     *
     * @param geometry the geometry of each device; all of them together at most 2^31 - 1 blocks
     * @param devices how many, at least 1
     * @param flash whether to keep the rules of flash
     * @return the medium
     */
    public static VolatileMedium erased(Geometry geometry, int devices, boolean flash) {
        return new VolatileMedium(Image.erased(geometry, devices), flash);
    }

    /**
     * Devices over copies of images.
     *
     * @param geometry the geometry of each device
     * @param images the bytes of each device, as many as the geometry has
     * @param flash whether to keep the rules of flash
     * @return the medium
     */
    public static VolatileMedium of(Geometry geometry, List<byte[]> images, boolean flash) {
        Image start = Image.erased(geometry, images.size());
        for (int device = 0; device < images.size(); device++) {
            if (images.get(device).length != geometry.sizeBytes()) {
                throw new IllegalArgumentException("image " + device + " has " + images.get(device).length
                        + " bytes, the geometry has " + geometry.sizeBytes());
            }
            start.putBytes(device, images.get(device));
        }
        return new VolatileMedium(start, flash);
    }

    static VolatileMedium of(Image start, boolean flash) {
        return new VolatileMedium(start, flash);
    }

    /**
     * Opens every device. Each call gives new ones over the same content, whether or not earlier ones are closed.
     *
     * @return the devices in their order, writable
     */
    public List<BlockDevice> open() {
        List<BlockDevice> devices = new ArrayList<>();
        for (int device = 0; device < live.devices(); device++) {
            devices.add(new VolatileDevice(this, device, live.geometry()));
        }
        return List.copyOf(devices);
    }

    /**
     * The content of every device as reads see it now.
     *
     * @return copies, in the order of the devices
     */
    public synchronized List<byte[]> images() {
        List<byte[]> images = new ArrayList<>();
        for (int device = 0; device < live.devices(); device++) {
            images.add(live.bytes(device));
        }
        return List.copyOf(images);
    }

    /**
     * Another medium with what a power loss now is sure to leave: everything synced, and nothing else.
     *
     * @return a medium under the same rules
     */
    public synchronized VolatileMedium afterPowerLoss() {
        Pending pending = new Pending(start.copy());
        journal.forEach(pending::add);
        return new VolatileMedium(pending.durable(), rules != null);
    }

    /** Makes every request beyond some number an error, against loops without an end. */
    synchronized void limitRequests(long count) {
        requestLimit = count;
    }

    /** How many requests there were. */
    synchronized long requests() {
        return requests;
    }

    /** The content now. */
    synchronized Image snapshot() {
        Arrays.fill(owned, false);
        return live.copy();
    }

    /** What happened since the medium was made; a copy. */
    synchronized List<Event> journal() {
        return List.copyOf(journal);
    }

    synchronized boolean wasChanged() {
        return journal.stream().anyMatch(event -> event instanceof Event.Change);
    }

    synchronized void note(Event event) {
        journal.add(event);
    }

    Image start() {
        return start;
    }

    /** The content now, for reading. The caller holds the monitor. */
    byte[] content(int device, long block) {
        return live.get(live.block(device, block));
    }

    /** Counts a request. */
    synchronized void request() {
        if (++requests > requestLimit) {
            throw new AssertionError("the store made far more device requests than its work can need: endless loop?");
        }
    }

    synchronized void program(int device, long block, int offset, byte[] bytes) {
        int number = live.block(device, block);
        if (rules != null) {
            rules.programming(number, live.get(number), offset, bytes.length);
        }
        journal.add(new Event.Program(number, offset, bytes));
        System.arraycopy(bytes, 0, own(number), offset, bytes.length);
    }

    synchronized void erase(int device, long block) {
        int number = live.block(device, block);
        if (rules != null) {
            rules.erased(number);
        }
        journal.add(new Event.Erase(number));
        BlockHistory.erase(own(number), live.geometry().blockSize(), live.geometry());
    }

    /** The live block's array, after a copy if an image may share it. */
    private byte[] own(int number) {
        if (!owned[number]) {
            live.put(number, live.get(number).clone());
            owned[number] = true;
        }
        return live.get(number);
    }

    boolean isFlash() {
        return rules != null;
    }
}
