package dev.morgana.cli.output;

/** Numbers with a noun. */
public final class Counts {
    private Counts() {}

    /** Such as {@code 1 file} or {@code 3 files}. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
