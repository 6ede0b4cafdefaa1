package dev.morgana.tck.power;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Store;
import java.util.List;
import java.util.function.Supplier;

/** Power cuts in the steps of a scenario. */
final class Campaign<S> {
    private final Scenario<S> scenario;
    private final Rig rig;
    private long recoveryCuts;
    private long recoveryImages;

    Campaign(PowerLoss settings, Scenario<S> scenario) throws StoreException {
        this.scenario = scenario;
        this.rig = Rig.of(settings);
    }

    PowerLossReport run() throws Exception {
        VolatileMedium recorded = record();
        rig.limitRequests(recorded);
        Explorer explorer =
                new Explorer(recorded.start(), recorded.journal(), Progress.NONE, rig.seed(), this::judgeFirstCut);
        return report(scenario.name(), explorer.explore(), recoveryCuts, recoveryImages);
    }

    /** A report, unless there is nothing to report. */
    static PowerLossReport report(String name, Explorer.Tally tally, long recoveryCuts, long recoveryImages) {
        if (tally.effective() == 0) {
            throw new AssertionError(name + ": no power cut took effect (" + tally.cuts() + " cuts, " + tally.images()
                    + " images, all equal to what was before or after a step)");
        }
        return new PowerLossReport(
                name,
                tally.cuts(),
                tally.sampled(),
                tally.images(),
                tally.duplicates(),
                tally.effective(),
                recoveryCuts,
                recoveryImages);
    }

    /** Runs the scenario without power cuts. */
    private VolatileMedium record() throws Exception {
        VolatileMedium medium = rig.formatted();
        try (Store store = rig.open(medium)) {
            scenario.prepare(scenario.view(store));
        }
        VolatileMedium recorded = rig.medium(medium.snapshot());
        try (Store store = rig.open(recorded)) {
            S view = scenario.view(store);
            for (int step = 0; step < scenario.steps(); step++) {
                recorded.note(new Event.Begin(step));
                scenario.run(step, view);
                recorded.note(new Event.End(step));
            }
        }
        return recorded;
    }

    private void judgeFirstCut(Image image, Progress progress, Supplier<String> description) throws Exception {
        List<Event> recovery = described(description, () -> judge(image, progress));
        boolean recovered = recovery.stream().anyMatch(event -> event instanceof Event.Change);
        if (rig.hasRecoveryCuts() && recovered) {
            Explorer.Visitor second = (again, p, where) -> described(
                    () -> description.get() + "; then, while recovering: " + where.get(), () -> judge(again, p));
            Explorer.Tally tally = new Explorer(image, recovery, progress, rig.seed(), second).explore();
            recoveryCuts += tally.cuts();
            recoveryImages += tally.images();
        }
    }

    /** Judges an image, and answers what happened to the device until it was judged. */
    private List<Event> judge(Image image, Progress progress) throws Exception {
        Judge<S> judge = scenario.judge(progress);
        rig.check(rig.medium(image));
        judgeReadOnly(image, judge);
        VolatileMedium medium = rig.medium(image);
        List<Event> recovery;
        try (Store store = rig.open(medium)) {
            S view = scenario.view(store);
            judge.reopened(view);
            recovery = medium.journal();
            judge.proceed(view);
        }
        try (Store store = rig.open(medium)) {
            judge.finished(scenario.view(store));
        }
        rig.check(rig.medium(medium.snapshot()));
        return recovery;
    }

    private void judgeReadOnly(Image image, Judge<S> judge) throws Exception {
        if (!rig.hasReadOnlyOption()) {
            return;
        }
        VolatileMedium medium = rig.medium(image);
        try (Store store = rig.openReadOnly(medium)) {
            judge.reopened(scenario.view(store));
        }
        Rig.expectUnchanged(medium, "opening read-only");
    }

    /** Something that may fail. */
    interface Judgement<T> {
        T pass() throws Exception;
    }

    /** Adds to a failure where it happened. */
    private <T> T described(Supplier<String> description, Judgement<T> judgement) {
        return described(scenario.name(), description, judgement);
    }

    static <T> T described(String name, Supplier<String> description, Judgement<T> judgement) {
        try {
            return judgement.pass();
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError(name + ": " + e + "\n  " + description.get(), e);
        }
    }
}
