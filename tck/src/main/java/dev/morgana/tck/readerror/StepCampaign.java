package dev.morgana.tck.readerror;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.power.Findings;
import dev.morgana.tck.power.Judge;
import dev.morgana.tck.power.Progress;
import dev.morgana.tck.power.Scenario;
import dev.morgana.tck.power.VolatileMedium;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Read errors in the steps of a scenario. */
final class StepCampaign<S> {
    private final ReadErrors settings;
    private final Scenario<S> scenario;
    private final List<List<byte[]>> before = new ArrayList<>();
    private final Tally tally = new Tally();

    StepCampaign(ReadErrors settings, Scenario<S> scenario) {
        this.settings = settings;
        this.scenario = scenario;
    }

    ReadErrorReport run() throws Exception {
        VolatileMedium medium = settings.formatted();
        try (Store store = settings.open(medium.open())) {
            scenario.prepare(scenario.view(store));
        }
        List<Long> reads = new ArrayList<>();
        for (int step = 0; step < scenario.steps(); step++) {
            before.add(medium.images());
            reads.add(readsOf(step));
            try (Store store = settings.open(medium.open())) {
                scenario.run(step, scenario.view(store));
            }
        }
        for (int step = 0; step < scenario.steps(); step++) {
            tally.call();
            for (ReadFault fault : settings.faults()) {
                for (long pass = 0; pass < reads.get(step); pass += settings.stride(reads.get(step))) {
                    described(step, pass, fault);
                }
            }
        }
        return tally.report(
                scenario.name(), reads.stream().mapToLong(Long::longValue).sum());
    }

    /** How many reads a step takes, tried on a copy. */
    private long readsOf(int step) throws Exception {
        FailingReads counted = new FailingReads();
        try (Store store =
                settings.open(counted.around(settings.medium(before.get(step)).open()))) {
            long opening = counted.reads();
            scenario.attempt(step, scenario.view(store));
            return counted.reads() - opening;
        }
    }

    private void described(int step, long pass, ReadFault fault) {
        try {
            attempt(step, pass, fault);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError(
                    scenario.name() + ": " + e + "\n  in step " + step + ", " + fault + " after " + pass, e);
        }
    }

    private void attempt(int step, long pass, ReadFault fault) throws Exception {
        VolatileMedium medium = settings.medium(before.get(step));
        FailingReads failing = new FailingReads();
        List<BlockDevice> devices = failing.around(medium.open());
        Judge<S> judge;
        try (Store store = settings.open(devices)) {
            S view = scenario.view(store);
            failing.arm(pass, fault);
            StoreException failure = failure(step, view);
            if (!failing.fired()) {
                return;
            }
            List<byte[]> left = medium.images();
            boolean same = Contents.equal(before.get(step), left);
            tally.point(failure != null, same);
            if (failure != null && !failing.wroteBefore() && !same) {
                throw new AssertionError("written although nothing was before the read that failed", failure);
            }
            Progress progress = new Progress(failure == null ? step + 1 : step, failure != null);
            if (failure == null || !same) {
                judgeLeft(left, scenario.judge(progress));
            }
            failing.disarm();
            judge = scenario.judge(progress);
            judge.reopened(view);
            judge.proceed(view);
        }
        try (Store store = settings.open(medium.open())) {
            judge.finished(scenario.view(store));
        }
    }

    /** Does a step; how it failed, or null if it did not. */
    private @Nullable StoreException failure(int step, S view) throws Exception {
        try {
            scenario.attempt(step, view);
            return null;
        } catch (StoreException e) {
            if (e.failure() != Failure.DEVICE_IO) {
                throw new AssertionError("a read error is taken for another: " + e, e);
            }
            return e;
        }
    }

    private void judgeLeft(List<byte[]> left, Judge<S> judge) throws Exception {
        Findings.expectNone(
                Findings.of(settings.provider(), settings.medium(left).open(), settings.openOptions()),
                finding -> finding.severity() == Severity.ERROR && !finding.repairable());
        try (Store store = settings.open(settings.medium(left).open())) {
            judge.reopened(scenario.view(store));
        }
    }
}
