package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.PeerError;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import java.util.BitSet;
import java.util.OptionalLong;

/** Which pages are free, and which is taken next (section 12). Owned by the writer. */
final class Allocator {
    private static final long MULTIPLIER = 1750509587L;

    private final Pages pages;
    private final BitSet used = new BitSet();

    /** Free pages that were erased when they were given up. */
    private final BitSet erased = new BitSet();

    private int next;
    private long allocated;

    /** Every page is free. */
    Allocator(Pages pages, long seed) {
        this.pages = pages;
        this.next = (int) ((seed * MULTIPLIER & 0xffffffffL) % pages.count());
    }

    void use(int page) {
        used.set(page);
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
        if (!erased.get(page)) {
            pages.erase(page);
        }
        erased.clear(page);
        return page;
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
        erased.set(page);
    }
}
