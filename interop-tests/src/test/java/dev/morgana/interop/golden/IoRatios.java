package dev.morgana.interop.golden;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Our input and output against the peer's, over the fault-free traces of a format. */
final class IoRatios {
    private record Pair(IoCount ours, IoCount peer) {}

    /** What makes a trace the worst. */
    private static final List<ToLongFunction<IoCount>> COSTS =
            List.of(IoCount::progBytes, IoCount::eraseBytes, IoCount::readBytes);

    private final Map<String, Pair> traces = new TreeMap<>();

    void add(String trace, IoCount ours, IoCount peer) {
        traces.put(trace, new Pair(ours, peer));
    }

    /** The part of the report line: geometric means, and the trace that is worst in any of program, erase and read. */
    @Override
    public String toString() {
        return "io program " + mean(IoCount::progBytes)
                + " erase " + mean(IoCount::eraseBytes)
                + " read " + mean(IoCount::readBytes)
                + " calls " + mean(IoCount::reads)
                + " sync " + syncs()
                + " (worst " + worst() + ")";
    }

    /** Traces in which the peer does none of it say nothing about a ratio. */
    private String mean(ToLongFunction<IoCount> count) {
        double logarithms = 0;
        int terms = 0;
        for (Pair pair : traces.values()) {
            if (count.applyAsLong(pair.peer) > 0) {
                logarithms += Math.log(ratio(pair, count));
                terms++;
            }
        }
        return terms == 0 ? "-" : format(Math.exp(logarithms / terms));
    }

    /** Zero of ours counts as half a unit, since its logarithm has no value. */
    private static double ratio(Pair pair, ToLongFunction<IoCount> count) {
        return Math.max(0.5, count.applyAsLong(pair.ours)) / count.applyAsLong(pair.peer);
    }

    /** Where the peer never syncs, ours are given per mutation. */
    private String syncs() {
        if (traces.values().stream().anyMatch(pair -> pair.peer.syncs() > 0)) {
            return mean(IoCount::syncs);
        }
        long syncs =
                traces.values().stream().mapToLong(pair -> pair.ours.syncs()).sum();
        long mutations = traces.values().stream()
                .mapToLong(pair -> pair.ours.mutations())
                .sum();
        return mutations == 0 ? "-" : format((double) syncs / mutations) + "/mutation";
    }

    private String worst() {
        String name = "-";
        double worst = 0;
        for (Map.Entry<String, Pair> trace : traces.entrySet()) {
            double ratio = worstOf(trace.getValue());
            if (ratio > worst) {
                worst = ratio;
                name = trace.getKey();
            }
        }
        return name + " " + (worst == 0 ? "-" : format(worst));
    }

    private static double worstOf(Pair pair) {
        double worst = 0;
        for (ToLongFunction<IoCount> count : COSTS) {
            if (count.applyAsLong(pair.peer) > 0) {
                worst = Math.max(worst, ratio(pair, count));
            }
        }
        return worst;
    }

    private static String format(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }
}
