package dev.morgana.tck.power;

import dev.morgana.spi.block.Geometry;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The rule of flash that a unit is programmed at most once between two erases. What a unit was before is judged by its
 * bytes when its block is first programmed, since an image may come from anywhere.
 */
final class FlashRules {
    private final Geometry geometry;
    private final Map<Integer, BitSet> programmed = new HashMap<>();

    FlashRules(Geometry geometry) {
        this.geometry = geometry;
    }

    /** Notes an erase. */
    void erased(int block) {
        programmed.put(block, new BitSet());
    }

    /**
     * Notes a program, before it is done.
     *
     * @throws AssertionError if a unit is programmed already
     */
    void programming(int block, byte[] content, int offset, int length) {
        OptionalInt erased = geometry.erased().byteValue();
        if (erased.isEmpty()) {
            return;
        }
        BitSet units = programmed.computeIfAbsent(block, b -> unitsInUse(content, (byte) erased.getAsInt()));
        int first = offset / geometry.programSize();
        int end = (offset + length) / geometry.programSize();
        int used = units.nextSetBit(first);
        if (used >= 0 && used < end) {
            throw new AssertionError("program of a unit that is not erased: block " + block + ", offset "
                    + used * geometry.programSize() + " (program at offset " + offset + ", " + length + " bytes)");
        }
        units.set(first, end);
    }

    private BitSet unitsInUse(byte[] content, byte erased) {
        BitSet units = new BitSet();
        for (int i = 0; i < content.length; i++) {
            if (content[i] != erased) {
                units.set(i / geometry.programSize());
            }
        }
        return units;
    }
}
