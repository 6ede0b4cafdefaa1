package dev.morgana.tck.power;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Which states of the blocks are combined, since blocks fail independently of each other. */
final class Combinations {
    private static final int EVERY_UP_TO = 256;
    private static final int SEEDED = 64;

    private Combinations() {}

    /** Tells whether there are too many to try them all. */
    static boolean isSampled(List<BlockHistory> blocks) {
        long product = 1;
        for (BlockHistory block : blocks) {
            product *= block.states().size();
            if (product > EVERY_UP_TO) {
                return true;
            }
        }
        return false;
    }

    /**
     * The combinations to try, as one index of a state per block: every one where there are few, else nothing kept, all
     * kept, all kept and the last operation torn, each block kept alone, and some by chance.
     *
     * @param pending the blocks
     * @param last the index of the block that the last operation changed, or -1 if it was none
     * @param random the source of chance
     */
    static List<int[]> of(Pending pending, int last, Random random) {
        List<BlockHistory> blocks = pending.histories();
        return isSampled(blocks) ? sample(blocks, pending.latest(), last, random) : every(blocks);
    }

    private static List<int[]> every(List<BlockHistory> blocks) {
        List<int[]> all = new ArrayList<>();
        all.add(new int[blocks.size()]);
        for (int block = 0; block < blocks.size(); block++) {
            int known = all.size();
            for (int state = 1; state < blocks.get(block).states().size(); state++) {
                for (int i = 0; i < known; i++) {
                    int[] next = all.get(i).clone();
                    next[block] = state;
                    all.add(next);
                }
            }
        }
        return all;
    }

    private static List<int[]> sample(List<BlockHistory> blocks, int[] latest, int last, Random random) {
        List<int[]> some = new ArrayList<>();
        some.add(new int[blocks.size()]);
        some.add(latest);
        for (int block = 0; block < blocks.size(); block++) {
            int[] alone = new int[blocks.size()];
            alone[block] = latest[block];
            some.add(alone);
        }
        for (int state = 0; last >= 0 && state < blocks.get(last).states().size(); state++) {
            int[] torn = latest.clone();
            torn[last] = state;
            some.add(torn);
        }
        for (int i = 0; i < SEEDED; i++) {
            some.add(blocks.stream()
                    .mapToInt(block -> random.nextInt(block.states().size()))
                    .toArray());
        }
        return some;
    }
}
