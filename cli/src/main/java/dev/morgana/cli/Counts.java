package dev.morgana.cli;

/** Numbers with a noun. */
final class Counts {
    private Counts() {}

    /** Such as {@code 1 file} or {@code 3 files}. */
    static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
