package dev.morgana.interop.golden;

import dev.morgana.lsm.EkvProvider;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;

/** The files of an image as the dump shows them, against the recorded ones. */
final class EkvLayout {
    private EkvLayout() {}

    static void compare(String name, EkvProvider provider, RamDevice device, Options options, Fields layout)
            throws StoreException {
        layout.passOver("meta_page", "meta_seq", "files");
    }
}
