package dev.morgana.interop.golden;

import dev.morgana.spi.provider.Half;
import java.util.Set;

/** A format without a backend yet: its cases are counted as not passed. */
record NotBuilt(String format) implements FormatCases {
    @Override
    public Set<Half> built() {
        return Set.of();
    }

    @Override
    public Verdict image(GoldenCase image) {
        return Verdict.fail(Half.READ, "no backend for " + format);
    }

    @Override
    public Verdict trace(GoldenCase trace) {
        return Verdict.fail(Half.WRITE, "no backend for " + format);
    }
}
