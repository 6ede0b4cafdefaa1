package dev.morgana.tck.power;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.store.Store;
import java.util.function.Supplier;

/** Power cuts while a used store is formatted. */
final class FormatCampaign<S> {
    /** What an image holds. */
    private enum Outcome {
        OLD,
        UNFORMATTED,
        NEW
    }

    private final Scenario<S> scenario;
    private final Rig rig;

    FormatCampaign(PowerLoss settings, Scenario<S> scenario) throws StoreException {
        this.scenario = scenario;
        this.rig = Rig.of(settings);
    }

    PowerLossReport run() throws Exception {
        VolatileMedium recorded = record();
        rig.limitRequests(recorded);
        Explorer explorer = new Explorer(recorded.start(), recorded.journal(), Progress.NONE, rig.seed(), this::visit);
        return Campaign.report("formatting after " + scenario.name(), explorer.explore(), 0, 0);
    }

    /** Makes the old content, then formats. */
    private VolatileMedium record() throws Exception {
        VolatileMedium medium = rig.formatted();
        try (Store store = rig.open(medium)) {
            runAll(scenario.view(store));
        }
        VolatileMedium recorded = rig.medium(medium.snapshot());
        recorded.note(new Event.Begin(0));
        rig.format(recorded);
        recorded.note(new Event.End(0));
        return recorded;
    }

    private void runAll(S view) throws Exception {
        for (int step = 0; step < scenario.steps(); step++) {
            scenario.run(step, view);
        }
    }

    private void visit(Image image, Progress progress, Supplier<String> description) {
        Campaign.described("formatting after " + scenario.name(), description, () -> {
            Outcome outcome = outcome(image);
            Outcome settled = progress.acknowledged() == 0 ? Outcome.OLD : Outcome.NEW;
            if (!progress.underWay() && outcome != settled) {
                throw new AssertionError("store is " + outcome + ", must be " + settled);
            }
            useAgain(image);
            return outcome;
        });
    }

    private Outcome outcome(Image image) throws Exception {
        try (Store store = rig.open(rig.medium(image))) {
            if (passes(scenario.judge(new Progress(scenario.steps(), false)), scenario.view(store))) {
                return Outcome.OLD;
            }
        } catch (CorruptStoreException | UnsupportedFormatException e) {
            return Outcome.UNFORMATTED;
        }
        try (Store store = rig.open(rig.medium(image))) {
            scenario.judge(Progress.NONE).reopened(scenario.view(store));
            return Outcome.NEW;
        }
    }

    private boolean passes(Judge<S> judge, S view) throws Exception {
        try {
            judge.reopened(view);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private void useAgain(Image image) throws Exception {
        VolatileMedium medium = rig.medium(image);
        rig.format(medium);
        Judge<S> judge = scenario.judge(Progress.NONE);
        try (Store store = rig.open(medium)) {
            judge.reopened(scenario.view(store));
            judge.proceed(scenario.view(store));
        }
        try (Store store = rig.open(medium)) {
            judge.finished(scenario.view(store));
        }
    }
}
