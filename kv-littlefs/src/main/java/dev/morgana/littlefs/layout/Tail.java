package dev.morgana.littlefs.layout;

/**
 * The next pair on the thread.
 *
 * @param pair its address
 * @param hard whether it belongs to the same directory
 * @param offset where this stands in the block
 */
public record Tail(BlockPair pair, boolean hard, int offset) {
    /** The change that sets it. */
    PairChange change() {
        return PairChange.of(hard ? TagType.HARD_TAIL : TagType.SOFT_TAIL, Tag.NO_ID, pair.encode());
    }
}
