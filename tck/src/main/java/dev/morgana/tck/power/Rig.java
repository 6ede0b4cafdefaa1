package dev.morgana.tck.power;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Store;

/** A format and the media that it is tried on. */
final class Rig {
    private static final long FREE_REQUESTS = 1_000_000;
    private static final long REQUESTS_PER_RECORDED = 100;

    private final PowerLoss settings;
    private final boolean flash;
    private long requestLimit = Long.MAX_VALUE;

    private Rig(PowerLoss settings, boolean flash) {
        this.settings = settings;
        this.flash = flash;
    }

    /** A rig whose media keep the rules of flash if the format promises to. */
    static Rig of(PowerLoss settings) throws StoreException {
        Rig plain = new Rig(settings, false);
        try (Store store = plain.open(plain.formatted())) {
            return new Rig(settings, store.info().capabilities().contains(Capability.ERASE_BEFORE_WRITE));
        }
    }

    /** A medium with an empty store. */
    VolatileMedium formatted() throws StoreException {
        VolatileMedium medium = VolatileMedium.erased(settings.geometry(), settings.devices(), flash);
        format(medium);
        return medium;
    }

    void format(VolatileMedium medium) throws StoreException {
        settings.provider().format(medium.open(), settings.formatOptions());
    }

    Store open(VolatileMedium medium) throws StoreException {
        return settings.provider().open(medium.open(), settings.openOptions());
    }

    /** Whether the format can be asked to open for reading only. */
    boolean hasReadOnlyOption() {
        return settings.provider().options().stream()
                .anyMatch(option -> option.name().equals(CommonOptions.READ_ONLY.name()));
    }

    Store openReadOnly(VolatileMedium medium) throws StoreException {
        Options readOnly = settings.openOptions().with(CommonOptions.READ_ONLY, true);
        return settings.provider().open(medium.open(), readOnly);
    }

    /** Runs the format's own check, which must not write. */
    void check(VolatileMedium medium) throws StoreException {
        Findings.expectNone(
                Findings.of(settings.provider(), medium.open(), settings.openOptions()),
                finding -> finding.severity() == Severity.ERROR && !finding.repairable());
        expectUnchanged(medium, "inspecting");
    }

    static void expectUnchanged(VolatileMedium medium, String what) {
        if (medium.wasChanged()) {
            throw new AssertionError(what + " wrote to the device: " + medium.journal());
        }
    }

    /** A medium over an image, with a bound on the work that it lends itself to. */
    VolatileMedium medium(Image image) {
        VolatileMedium medium = VolatileMedium.of(image, flash);
        medium.limitRequests(requestLimit);
        return medium;
    }

    /** Bounds the work on further media by what a run without power cuts needed. */
    void limitRequests(VolatileMedium recorded) {
        requestLimit = FREE_REQUESTS + REQUESTS_PER_RECORDED * recorded.requests();
    }

    long seed() {
        return settings.seed();
    }

    boolean hasRecoveryCuts() {
        return settings.hasRecoveryCuts();
    }
}
