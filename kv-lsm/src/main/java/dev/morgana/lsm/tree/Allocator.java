package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import java.util.BitSet;
import java.util.OptionalLong;

/** Which pages are free, and which is taken next (section 12). Owned by the writer. */
final class Allocator {
    private static final long MULTIPLIER = 1750509587L;

    /** How sure it is that a free page is erased. */
    private enum Erased {
        KNOWN,
        PROBABLE,
        NO
    }

    private final Pages pages;
    private final BitSet used = new BitSet();
    private final Erased[] erased;
    private int next;
    private long allocated;

    /** Every page is free, and none is known to be erased. */
    Allocator(Pages pages, long seed) {
        this.pages = pages;
        this.erased = new Erased[pages.count()];
        this.next = (int) ((seed * MULTIPLIER & 0xffffffffL) % pages.count());
        java.util.Arrays.fill(erased, Erased.NO);
    }

    void use(int page) {
        used.set(page);
    }

    boolean isUsed(int page) {
        return used.get(page);
    }

    /** The beginning of a page reads erased; the rest was not looked at. */
    void setProbablyErased(int page) {
        erased[page] = Erased.PROBABLE;
    }

    /** How many pages can be allocated. */
    int free() {
        return pages.count() - used.cardinality();
    }

    /** Takes the next free page, and erases it unless it is erased. */
    int allocate() throws NoSpaceException, DeviceException {
        int page = used.nextClearBit(next);
        if (page >= pages.count()) {
            page = used.nextClearBit(0);
        }
        if (page >= pages.count()) {
            throw PeerError.FULL.on(
                    new NoSpaceException("a page", OptionalLong.of(pages.shape().pageSize()), OptionalLong.of(0)));
        }
        used.set(page);
        allocated++;
        next = (page + 1) % pages.count();
        if (!isErased(page)) {
            pages.erase(page);
        }
        erased[page] = Erased.NO;
        return page;
    }

    private boolean isErased(int page) throws DeviceException {
        return switch (erased[page]) {
            case KNOWN -> true;
            case NO -> false;
            case PROBABLE -> readsErased(page);
        };
    }

    /** A write that was cut before its page header leaves a page whose beginning alone is erased. */
    private boolean readsErased(int page) throws DeviceException {
        Shape shape = pages.shape();
        for (byte one : pages.read(page, 0, shape.pageSize())) {
            if (one != shape.eraseValue()) {
                return false;
            }
        }
        return true;
    }

    /** How many pages were ever allocated. */
    long allocated() {
        return allocated;
    }

    void release(int page) {
        assert used.get(page) : page;
        used.clear(page);
    }

    void release(BitSet several) {
        several.stream().forEach(this::release);
    }

    /** Gives a page back, erased already. */
    void releaseErased(int page) {
        release(page);
        erased[page] = Erased.KNOWN;
    }
}
