package dev.morgana.littlefs.space;

/** Numbers without a pattern that depend on nothing but what they are made from, so that wear spreads and images repeat. */
public final class Scatter {
    /** Two odd numbers without a pattern of their own. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private static final long MIX = 0xbf58476d1ce4e5b9L;
    private static final int SHIFT = 31;

    private Scatter() {}

    /** A number in which every bit depends on every bit of both. */
    public static long of(long number, long more) {
        long sum = number + STEP * (more + 1);
        long mixed = (sum ^ (sum >>> SHIFT)) * MIX;
        return mixed ^ (mixed >>> SHIFT);
    }

    /** A number from 0 to below a bound that is as far in them as another one is in all numbers. */
    static long below(long bound, long number) {
        return Math.multiplyHigh(number >>> 1, bound << 1);
    }
}
