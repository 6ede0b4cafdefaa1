package dev.morgana.pwkvs;

/** How much a campaign does: a short version always, the whole of it with {@code -Dmorgana.nightly=true}. */
final class TestSize {
    private static final boolean NIGHTLY = Boolean.getBoolean("morgana.nightly");

    private TestSize() {}

    static boolean isNightly() {
        return NIGHTLY;
    }

    static int of(int always, int nightly) {
        return NIGHTLY ? nightly : always;
    }
}
