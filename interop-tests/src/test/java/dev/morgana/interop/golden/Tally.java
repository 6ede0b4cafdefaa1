package dev.morgana.interop.golden;

import java.util.ArrayList;
import java.util.List;

/** The count over all cases of one format. */
final class Tally {
    private final FormatCases cases;
    private final IoRatios ratios = new IoRatios();
    private final List<String> misses = new ArrayList<>();
    private int images;
    private int imagesPassed;
    private int traces;
    private int tracesPassed;

    Tally(FormatCases cases) {
        this.cases = cases;
    }

    void image(GoldenCase image) {
        images++;
        if (judged(image, () -> cases.image(image)).passed()) {
            imagesPassed++;
        }
    }

    void trace(GoldenCase trace) {
        traces++;
        Verdict verdict = judged(trace, () -> cases.trace(trace));
        if (verdict.passed()) {
            tracesPassed++;
        }
        verdict.io().ifPresent(io -> ratios.add(trace.name(), io.ours(), io.peer()));
    }

    /** A crash in one case is that case's failure and does not hide the others. */
    private Verdict judged(GoldenCase golden, java.util.function.Supplier<Verdict> check) {
        Verdict verdict;
        try {
            verdict = check.get();
        } catch (AssertionError | RuntimeException e) {
            verdict = Verdict.fail(e instanceof AssertionError ? String.valueOf(e.getMessage()) : e.toString());
        }
        if (!verdict.passed() && cases.isBuilt()) {
            misses.add(golden.format() + " " + golden.name() + ": " + verdict.reason());
        }
        return verdict;
    }

    int found() {
        return images + traces;
    }

    /** The cases that did not pass although their format is built. */
    List<String> misses() {
        return misses;
    }

    @Override
    public String toString() {
        return "golden " + cases.format() + ": images " + imagesPassed + "/" + images + ", traces " + tracesPassed + "/"
                + traces + ", " + ratios;
    }
}
