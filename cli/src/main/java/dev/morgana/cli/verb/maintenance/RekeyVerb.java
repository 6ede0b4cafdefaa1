package dev.morgana.cli.verb.maintenance;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rekey",
        description = "Gives an encrypted image another key, or writes its values again under a new data key.",
        footer = {
            "",
            "Keys are named as files, never written in a command.",
            "Example: morgana rekey crypt+ekv+file:a.img?keyFile=old.key --key keyFile=new.key"
        })
final class RekeyVerb extends ChangingVerb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(
            names = "--key",
            paramLabel = "name=value",
            description = "the new key, by an option of the encryption, such as keyFile=FILE or passwordFile=FILE")
    private Map<String, String> key = new LinkedHashMap<>();

    @Option(names = "--rotate", description = "make a new data key, and write every value again under it")
    private boolean rotate;

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        if (key.isEmpty() && !rotate) {
            throw new UsageException("give --key with the new key, --rotate, or both");
        }
        try (Store store = openStore(address)) {
            KeyRotation keys = store.facet(KeyRotation.class)
                    .orElseThrow(() -> new UsageException("the image is not opened as an encrypted one; write crypt+"
                            + store.info().format() + "+file:..."));
            if (!key.isEmpty()) {
                if (!isDryRun()) {
                    keys.changeKey(Options.of(key));
                }
                tell(output, "locked " + image.name() + " with the new key");
            }
            if (rotate) {
                String values = isDryRun() ? "every value" : Counts.of(keys.rotate(), "value");
                tell(output, "written " + values + " again under a new data key");
            }
        }
        return ExitCode.DONE;
    }
}
