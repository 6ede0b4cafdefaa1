package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.Store;
import picocli.CommandLine.Mixin;

/** A verb that has an image do one thing, which takes no further words. */
abstract class FacetVerb<F extends Facet> extends ChangingVerb {
    private final Class<F> type;
    private final String lack;
    private final String done;

    @Mixin
    private final WholeImage image = new WholeImage();

    /**
     * A verb over a facet.
     *
     * @param type the facet that does it
     * @param lack what is said of a format that does not have it, after its name
     * @param done what is told, before the name of the image
     */
    FacetVerb(Class<F> type, String lack, String done) {
        this.type = type;
        this.lack = lack;
        this.done = done;
    }

    /** Has it done. */
    abstract void perform(F facet) throws StoreException;

    @Override
    protected final ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        try (Store store = openStore(address)) {
            F facet = facet(store, address, type, lack);
            if (!isDryRun()) {
                perform(facet);
            }
            tell(output, done + " " + image.name());
        }
        return ExitCode.DONE;
    }
}
