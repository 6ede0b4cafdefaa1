package dev.morgana.cli.verb;

import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.Console;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.output.Version;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all verbs have in common. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
public abstract class Verb implements Callable<Integer> {
    @Option(
            names = {"-O", "--opt"},
            paramLabel = "name=value",
            mapFallbackValue = "",
            description = "option of the format or the driver, overriding what was found; see formats and drivers")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--json", description = "write JSON instead of text")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "tell nothing of what went well, and show no progress")
    private boolean quiet;

    @Option(names = "--stacktrace", description = "write the stack trace of an error")
    private boolean stackTrace;

    private @Nullable Morgana morgana;
    private @Nullable Console console;
    private @Nullable Session session;

    /** Gives the verb what it works with, before its words are read. */
    public final void attach(Morgana installed, Console world) {
        morgana = installed;
        console = world;
    }

    /** Does the work. */
    protected abstract ExitCode run(Output output) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Console world = Objects.requireNonNull(console);
        session = new Session(Objects.requireNonNull(morgana), world, Options.of(options), quiet);
        try (Output output = new Output(world, json, quiet)) {
            return run(output).number();
        }
    }

    /** The session of this run. */
    protected final Session session() {
        return Objects.requireNonNull(session);
    }

    /** Whether errors are to be told with their stack traces. */
    public final boolean wantsStackTrace() {
        return stackTrace;
    }

    /** Work on one of several things that the command line names. */
    @FunctionalInterface
    protected interface Work<T> {
        /** Does it. */
        ExitCode on(T thing) throws Exception;
    }

    /** Does the work on each thing. What goes wrong with one is told, and does not keep from the others; the worst code counts. */
    protected final <T> ExitCode each(Iterable<T> things, Work<T> work) {
        ExitCode worst = ExitCode.DONE;
        for (T thing : things) {
            ExitCode code;
            try {
                code = work.on(thing);
            } catch (Exception e) {
                session().console().out().flush();
                code = session().console().complain(e, stackTrace);
            }
            worst = worst.worse(code);
        }
        return worst;
    }

    /**
     * A facet of a store that the verb cannot do without.
     *
     * @param address of the store
     * @param lack what is said of a format that does not have it, after its name
     * @throws UsageException if the store does not have it, or a layer over it does not pass it on
     */
    protected static <F extends Facet> F facet(Store store, StoreAddress address, Class<F> type, String lack)
            throws UsageException {
        Optional<F> facet = store.facet(type);
        if (facet.isPresent()) {
            return facet.get();
        }
        List<String> layers = address.storeLayers();
        throw new UsageException(
                layers.isEmpty()
                        ? store.info().format() + " " + lack
                        : store.info().format() + " under " + String.join("+", layers) + " " + lack
                                + ": a layer passes on values, and not all else that the format may have");
    }

    /**
     * A facet of an inspected image that the verb cannot do without.
     *
     * @param lack what is said of a format that does not have it
     * @throws UsageException if the format does not have it
     */
    protected static <F extends Facet> F facet(Inspection inspection, Class<F> type, String lack)
            throws UsageException {
        return inspection.facet(type).orElseThrow(() -> new UsageException("this format " + lack));
    }
}
