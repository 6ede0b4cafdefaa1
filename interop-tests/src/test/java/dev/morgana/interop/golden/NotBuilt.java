package dev.morgana.interop.golden;

/** A format without a backend yet: its cases are counted as not passed. */
record NotBuilt(String format) implements FormatCases {
    @Override
    public boolean isBuilt() {
        return false;
    }

    @Override
    public Verdict image(GoldenCase image) {
        return Verdict.fail("no backend for " + format);
    }

    @Override
    public Verdict trace(GoldenCase trace) {
        return Verdict.fail("no backend for " + format);
    }
}
