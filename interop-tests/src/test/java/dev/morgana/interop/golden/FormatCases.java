package dev.morgana.interop.golden;

import dev.morgana.spi.provider.Half;
import java.util.Set;

/** How the golden cases of one format are checked, after its README. */
interface FormatCases {
    /** The folder's name. */
    String format();

    /** The halves that the format's provider declares built. */
    Set<Half> built();

    /** Checks one image against its manifest. Throws an AssertionError at the first difference in a half that is built. */
    Verdict image(GoldenCase image);

    /** Replays one trace. Throws an AssertionError at the first difference. */
    Verdict trace(GoldenCase trace);
}
