package dev.morgana.block.drivers.layer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of positions, in pages that exist where something was marked: one bit for each byte that was programmed. */
final class ProgrammedBytes {
    private static final int PAGE = 4096;

    private final Map<Long, BitSet> pages = new HashMap<>();

    /** One piece of a range, within one page. */
    @FunctionalInterface
    private interface Piece {
        void visit(long page, int from, int to);
    }

    /** Marks a range; false, and nothing is marked, if a part of it is already. */
    synchronized boolean markIfFree(long position, long length) {
        boolean[] taken = {false};
        forEachPage(position, length, (page, from, to) -> {
            BitSet bits = pages.getOrDefault(page, new BitSet());
            int next = bits.nextSetBit(from);
            taken[0] |= next >= 0 && next < to;
        });
        if (!taken[0]) {
            forEachPage(
                    position,
                    length,
                    (page, from, to) ->
                            pages.computeIfAbsent(page, p -> new BitSet(PAGE)).set(from, to));
        }
        return !taken[0];
    }

    synchronized void clear(long position, long length) {
        forEachPage(
                position,
                length,
                (page, from, to) -> pages.computeIfPresent(page, (p, bits) -> {
                    bits.clear(from, to);
                    return bits.isEmpty() ? null : bits;
                }));
    }

    private static void forEachPage(long position, long length, Piece piece) {
        long end = position + length;
        for (long at = position; at < end; at = (at / PAGE + 1) * PAGE) {
            long page = at / PAGE;
            piece.visit(page, (int) (at % PAGE), (int) Math.min(PAGE, end - page * PAGE));
        }
    }
}
