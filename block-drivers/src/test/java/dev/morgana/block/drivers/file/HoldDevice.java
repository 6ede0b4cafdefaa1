package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.ChildJvm;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.nio.file.Path;

/** Runs in a child: opens a file and holds it until the parent is done. Arguments: the file, the mode. */
public final class HoldDevice {
    private HoldDevice() {}

    public static void main(String[] arguments) throws Exception {
        try (BlockDevice device =
                FileDevice.open(Path.of(arguments[0]), AccessMode.valueOf(arguments[1]), Options.none())) {
            ChildJvm.say("open " + device.geometry().sizeBytes());
            ChildJvm.awaitParent();
        } catch (StoreException e) {
            ChildJvm.say(e.failure() + " " + e.getMessage());
        }
    }
}
