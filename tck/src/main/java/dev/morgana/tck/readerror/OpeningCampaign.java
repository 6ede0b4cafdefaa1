package dev.morgana.tck.readerror;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.power.Findings;
import dev.morgana.tck.power.Scenario;
import dev.morgana.tck.power.VolatileMedium;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Read errors while stores are recognised, opened, checked and repaired. */
final class OpeningCampaign<S> {
    /**
     * What is on the devices.
     *
     * @param images the bytes of each
     * @param outcomes what may come out of it besides, as a change was under way, and several devices may know less of it while
     *     one of them is left out
     */
    private record Content(List<byte[]> images, List<Sight> outcomes) {
        Content(List<byte[]> images) {
            this(images, List.of());
        }
    }

    private static final int CLEAN = 4;
    private static final int INTERRUPTED = 10;
    private static final int DAMAGED = 10;

    private final ReadErrors settings;
    private final Scenario<S> scenario;
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private long reads;

    OpeningCampaign(ReadErrors settings, Scenario<S> scenario) {
        this.settings = settings;
        this.scenario = scenario;
        calls.put("recognising", this::recognise);
        calls.put("opening", this::open);
        calls.put("checking", this::check);
        calls.put("repairing", this::repair);
    }

    private Object recognise(List<BlockDevice> devices) throws StoreException {
        return settings.provider().probe(devices).map(Identification::toString).orElse("nothing");
    }

    private Object open(List<BlockDevice> devices) throws StoreException {
        try (Store store = settings.open(devices)) {
            return store.info().format();
        }
    }

    private Object check(List<BlockDevice> devices) throws StoreException {
        return Findings.of(settings.provider(), devices, settings.openOptions()).toString();
    }

    private Object repair(List<BlockDevice> devices) throws StoreException {
        List<Repair.Action> actions = new ArrayList<>();
        try (Inspection inspection = settings.provider().inspect(devices, settings.openOptions())) {
            Optional<Repair> repair = inspection.facet(Repair.class);
            if (repair.isPresent()) {
                repair.get().repair(false, actions::add);
            }
        }
        return actions.toString();
    }

    ReadErrorReport run() throws Exception {
        collect();
        for (Map.Entry<String, Content> content : contents.entrySet()) {
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                tally.call();
                Trial trial = new Trial(content.getKey(), content.getValue(), call.getKey(), call.getValue());
                reads += trial.reads;
                trial.run();
            }
        }
        return tally.report("opening after " + scenario.name(), reads);
    }

    private void collect() throws Exception {
        List<List<byte[]>> clean = new ArrayList<>();
        List<Content> interrupted = new ArrayList<>();
        VolatileMedium medium = settings.formatted();
        FailingReads watch = new FailingReads();
        watch.beforeWrites(() -> interrupted.add(new Content(medium.images())));
        try (Store store = settings.open(watch.around(medium.open()))) {
            scenario.prepare(scenario.view(store));
            interrupted.clear();
            for (int step = 0; step < scenario.steps(); step++) {
                clean.add(medium.images());
                int from = interrupted.size();
                scenario.run(step, scenario.view(store));
                if (settings.devices() > 1) {
                    settle(interrupted, from, clean.get(step), medium.images());
                }
            }
        }
        number(
                "after step ",
                Contents.some(clean, CLEAN).stream().map(Content::new).toList());
        number("interrupted ", Contents.some(interrupted, INTERRUPTED));
        number(
                "damaged ",
                damaged(clean.get(clean.size() / 2)).stream().map(Content::new).toList());
    }

    /** The last change is done: those of the contents that it was under way in may come out as before or after it. */
    private void settle(List<Content> interrupted, int from, List<byte[]> before, List<byte[]> after) {
        List<Sight> outcomes = List.of(settings.look(before), settings.look(after));
        for (int i = from; i < interrupted.size(); i++) {
            interrupted.set(i, new Content(interrupted.get(i).images(), outcomes));
        }
    }

    private void number(String name, List<Content> some) {
        for (int i = 0; i < some.size(); i++) {
            contents.put(name + i, some.get(i));
        }
    }

    /** One byte damaged in each of some blocks that hold more than one value of bytes, at another place each time. */
    private List<List<byte[]>> damaged(List<byte[]> images) {
        List<List<byte[]>> damaged = new ArrayList<>();
        int size = settings.geometry().blockSize();
        for (int device = 0; device < images.size(); device++) {
            byte[] image = images.get(device);
            for (int start = 0; start < image.length; start += size) {
                for (int quarter = 0; quarter < 4; quarter++) {
                    int offset = start + quarter * size / 4 + 1;
                    if (image[offset] != image[start + size - 1]) {
                        damaged.add(Contents.damaged(images, device, offset));
                    }
                }
            }
        }
        return Contents.some(damaged, DAMAGED);
    }

    /** One call on one content. */
    private final class Trial {
        private final String where;
        private final List<byte[]> content;
        private final List<Sight> outcomes;
        private final Call call;
        private final Sight before;
        private final Sight after;
        private final Object answer;
        private final long reads;

        Trial(String contentName, Content content, String callName, Call call) {
            this.where = callName + " " + contentName;
            this.content = content.images();
            this.outcomes = content.outcomes();
            this.call = call;
            this.before = settings.look(this.content);
            FailingReads counted = new FailingReads();
            VolatileMedium medium = settings.medium(this.content);
            this.answer = answer(counted.around(medium.open()));
            this.reads = counted.reads();
            this.after = settings.look(medium.images());
        }

        /** What the call answers, or how it fails. */
        private Object answer(List<BlockDevice> devices) {
            try {
                return call.run(devices);
            } catch (StoreException e) {
                return e.failure();
            }
        }

        void run() {
            for (ReadFault fault : settings.faults()) {
                for (long pass = 0; pass < reads; pass += settings.stride(reads)) {
                    try {
                        attempt(pass, fault);
                    } catch (Exception | AssertionError | StackOverflowError e) {
                        throw new AssertionError(
                                scenario.name() + ": " + e + "\n  while " + where + ", " + fault + " after " + pass, e);
                    }
                }
            }
        }

        private void attempt(long pass, ReadFault fault) {
            VolatileMedium medium = settings.medium(content);
            FailingReads failing = new FailingReads();
            List<BlockDevice> devices = failing.around(medium.open());
            failing.arm(pass, fault);
            Object found = answer(devices);
            if (!failing.fired()) {
                return;
            }
            List<byte[]> left = medium.images();
            boolean failed = found == Failure.DEVICE_IO;
            boolean same = Contents.equal(content, left);
            tally.point(failed, same);
            if (!failed && !found.equals(answer)) {
                throw new AssertionError("a read error changes the answer to " + found + ", without it is " + answer);
            }
            if (failed && !failing.wroteBefore() && !same) {
                throw new AssertionError("written although nothing was before the read that failed");
            }
            if (!failed || !same) {
                judge(left, failed);
            }
        }

        private List<Sight> with(Sight... more) {
            List<Sight> all = new ArrayList<>(outcomes);
            all.addAll(List.of(more));
            return all;
        }

        private void judge(List<byte[]> left, boolean failed) {
            Sight sight = settings.look(left);
            String loss = sight.notAmong(failed ? with(before, after) : with(after));
            if (!loss.isEmpty()) {
                throw new AssertionError("afterwards " + loss);
            }
            VolatileMedium again = settings.medium(left);
            answer(again.open());
            String other = settings.look(again.images()).notAmong(with(after));
            if (!other.isEmpty()) {
                throw new AssertionError("done again without a read error, " + other);
            }
        }
    }
}
