package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rekey",
        description = "Gives an encrypted image another key, or writes its values again under a new data key.",
        footer = {
            "",
            "Keys are named as files, never written in a command.",
            "Example: morgana rekey crypt+ekv+file:a.img?keyFile=old.key --key keyFile=new.key"
        })
final class RekeyVerb extends ChangingVerb {
    @Parameters(paramLabel = "IMAGE", description = "the image, with the options that open it now")
    private String image = "";

    @Option(
            names = "--key",
            paramLabel = "name=value",
            description = "the new key, by an option of the encryption, such as keyFile=FILE or passwordFile=FILE")
    private Map<String, String> key = new LinkedHashMap<>();

    @Option(names = "--rotate", description = "make a new data key, and write every value again under it")
    private boolean rotate;

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        refuseEntry(address);
        if (key.isEmpty() && !rotate) {
            throw new UsageException("say --key with the new key, --rotate, or both");
        }
        try (Store store = openStore(address)) {
            KeyRotation keys = store.facet(KeyRotation.class)
                    .orElseThrow(() -> new UsageException("the image is not opened as an encrypted one; write crypt+"
                            + store.info().format() + "+file:..."));
            if (!key.isEmpty()) {
                if (!isDryRun()) {
                    keys.changeKey(Options.of(key));
                }
                tell(output, "locked " + image + " with the new key");
            }
            if (rotate) {
                String values = isDryRun() ? "every value" : Counts.of(keys.rotate(), "value");
                tell(output, "written " + values + " again under a new data key");
            }
        }
        return ExitCode.DONE;
    }
}
