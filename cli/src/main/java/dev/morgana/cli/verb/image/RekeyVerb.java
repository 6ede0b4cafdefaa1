package dev.morgana.cli.verb.image;

import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rekey",
        description = "Gives an encrypted image another key, or writes its values again under a new data key.",
        footer = {
            "",
            "Keys are named as files, never written in a command. With --leaked, an image",
            "in a file is made anew beside the old one, which it then replaces.",
            "Examples: morgana rekey 'crypt+ekv+file:a.img?keyFile=old.key' --leaked \\",
            "              --key keyFile=new.key",
            "          morgana rekey 'crypt+ekv+file:a.img?keyFile=my.key' --rotate"
        })
final class RekeyVerb extends ChangingVerb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(
            names = "--key",
            paramLabel = "name=value",
            description = "the new key, by an option of the encryption, such as keyFile=FILE or passwordFile=FILE")
    private Map<String, String> key = new LinkedHashMap<>();

    @Option(
            names = "--leaked",
            description = "somebody may have the old key: nothing of the image shall open with it any more")
    private boolean leaked;

    @Option(
            names = "--not-leaked",
            description = "nobody else has the old key: only lock the image with the new one, a small change")
    private boolean notLeaked;

    @Option(names = "--rotate", description = "make a new data key, and write every value again under it")
    private boolean rotate;

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        checkWords();
        if (leaked) {
            replace(address, output);
        } else {
            change(address, output);
        }
        return ExitCode.DONE;
    }

    private void checkWords() throws UsageException {
        if (leaked && notLeaked) {
            throw new UsageException("--leaked and --not-leaked contradict each other");
        }
        if (!key.isEmpty() && !leaked && !notLeaked) {
            throw new UsageException("say why there is another key: --leaked if somebody may have the old one, so that"
                    + " everything it opens must go; --not-leaked if it only is to be another one");
        }
        if (key.isEmpty() && (leaked || notLeaked || !rotate)) {
            throw new UsageException("give --key with the new key, or --rotate for a new data key");
        }
    }

    private static KeyRotation keys(Store store) throws UsageException {
        return store.facet(KeyRotation.class)
                .orElseThrow(() -> new UsageException("the image is not opened as an encrypted one; write crypt+"
                        + store.info().format() + "+file:..."));
    }

    private void change(StoreAddress address, Output output) throws Exception {
        try (Store store = openStore(address)) {
            KeyRotation keys = keys(store);
            if (notLeaked) {
                if (!isDryRun()) {
                    keys.changeKey(Options.of(key));
                }
                tell(output, "locked " + image.name() + " with the new key");
                output.note(
                        "what the old key opened before it still opens in copies, and in what the medium keeps of the"
                                + " past; see --leaked");
            }
            if (rotate) {
                String values = isDryRun() ? "every value" : Counts.of(keys.rotate(), "value");
                tell(output, "written " + values + " again under a new data key");
            }
        }
    }

    private void replace(StoreAddress address, Output output) throws Exception {
        Optional<AnewBeside> beside = AnewBeside.of(session(), address);
        try (Store store = openStore(address)) {
            KeyRotation keys = keys(store);
            if (key.size() == 1
                    && keys.isCurrentKey(Options.of(key))) { // a clone keeps its key, and gets another label
                throw new UsageException(
                        "the new key is the one that the image has; what leaked must be replaced by another");
            }
            if (beside.isPresent()) {
                String values = isDryRun()
                        ? "every value"
                        : Counts.of(beside.get().make(store, keys.settings(), Options.of(key)), "value");
                tell(output, "made " + image.name() + " anew with the new key, " + values);
                output.note("copies of the old image, and what its disk keeps of it, still open with the old key");
            } else {
                String values = isDryRun() ? "every value" : Counts.of(keys.replaceKey(Options.of(key)), "value");
                tell(output, "written " + values + " of " + image.name() + " again, for the new key alone");
                output.note("what was not erased since still opens with the old key: its values of the past, and hidden"
                        + " names. To be rid of that, erase the medium and write an image to it that convert made");
            }
        }
    }
}
