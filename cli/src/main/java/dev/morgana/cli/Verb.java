package dev.morgana.cli;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What all verbs have in common. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class Verb implements Callable<Integer> {
    @ParentCommand
    private Main main;

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

    /** The media of which was told that bytes behind the image are ignored. */
    private final Set<String> told = new HashSet<>();

    /** Does the work. */
    abstract ExitCode run(Output output) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (Output output = new Output(main.console(), json, quiet)) {
            return run(output).number();
        }
    }

    /** Work on one of several things that the command line names. */
    @FunctionalInterface
    interface Work<T> {
        ExitCode on(T thing) throws Exception;
    }

    /** Does the work on each thing. What goes wrong with one is told, and does not keep from the others; the worst code counts. */
    final <T> ExitCode each(Iterable<T> things, Work<T> work) {
        ExitCode worst = ExitCode.DONE;
        for (T thing : things) {
            ExitCode code;
            try {
                code = work.on(thing);
            } catch (Exception e) {
                console().out().flush();
                code = main.complain(e, stackTrace);
            }
            worst = worst.worse(code);
        }
        return worst;
    }

    final Morgana morgana() {
        return main.morgana();
    }

    final Console console() {
        return main.console();
    }

    final boolean wantsStackTrace() {
        return stackTrace;
    }

    /** The address of an image, with the options of the command line before its own. */
    final StoreAddress address(String image) throws StoreException {
        return morgana().parse(image).with(Options.of(options));
    }

    /** The entry that an address names, the root if none. What {@code ls} prints can be given back: {@code \xNN} is a byte. */
    static Key entry(StoreAddress address) {
        Key key = Key.ROOT;
        Key written = address.entry().orElse(Key.ROOT);
        for (int i = 0; i < written.depth(); i++) {
            key = key.child(dev.morgana.cli.exchange.EscapedName.decode(written.segment(i)));
        }
        return key;
    }

    final KeyValueStore openReadOnly(StoreAddress address) throws StoreException {
        return Morgana.tree(openStoreReadOnly(address));
    }

    final Store openStoreReadOnly(StoreAddress address) throws StoreException {
        return openTold(readOnly(address));
    }

    /** Opens an image, and tells of what is ignored. */
    final Store openTold(StoreAddress address) throws StoreException {
        Store store = morgana().at(address).openStore();
        tellOfBytesBehind(address, store.info().geometry());
        return store;
    }

    private void tellOfBytesBehind(StoreAddress address, Geometry image) {
        long behind = BytesBehind.of(address, image);
        if (behind > 0 && !quiet && told.add(address.medium())) {
            console()
                    .err()
                    .println("morgana: " + address.medium() + ": "
                            + (behind == 1 ? "1 byte behind the image is" : behind + " bytes behind the image are")
                            + " ignored");
        }
    }

    /** The address with the time of everything that is made, where its format has times. */
    final StoreAddress withClock(StoreAddress address) throws StoreException {
        boolean takesTimes = address.format().isPresent()
                && morgana().format(address.format().get()).options().contains(CommonOptions.CLOCK);
        return takesTimes
                ? address.with(
                        Options.none().with(CommonOptions.CLOCK, console().epoch()))
                : address;
    }

    final Inspection inspectReadOnly(StoreAddress address) throws StoreException {
        Inspection inspection = morgana().at(readOnly(address)).inspect();
        inspection.info().ifPresent(info -> tellOfBytesBehind(address, info.geometry()));
        return inspection;
    }

    private static StoreAddress readOnly(StoreAddress address) throws StoreException {
        if (!address.options().get(CommonOptions.READ_ONLY) && address.options().has(CommonOptions.READ_ONLY)) {
            throw new InvalidOptionException(CommonOptions.READ_ONLY.name(), "this verb only reads; leave it out");
        }
        return address.with(Options.none().with(CommonOptions.READ_ONLY, true));
    }

    /** Refuses an entry where a whole image is meant. */
    static void refuseEntry(StoreAddress address) throws UsageException {
        if (address.entry().isPresent() && !address.entry().get().isRoot()) {
            throw new UsageException("this verb takes a whole image, not the entry "
                    + address.entry().get());
        }
    }
}
