package dev.morgana.interop.golden;

/** How the golden cases of one format are checked, after its README. */
interface FormatCases {
    /** The folder's name. */
    String format();

    /** Whether there is a backend, so that a case which does not pass is a failure. */
    default boolean isBuilt() {
        return true;
    }

    /** Checks one image against its manifest. Throws an AssertionError at the first difference. */
    Verdict image(GoldenCase image);

    /** Replays one trace. Throws an AssertionError at the first difference. */
    Verdict trace(GoldenCase trace);
}
