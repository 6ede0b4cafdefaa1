package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.Bytes;
import dev.morgana.block.drivers.ChildJvm;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.provider.AccessMode;
import java.nio.file.Path;

/**
 * Runs in a child that may not write files beyond 1 MiB: the same failing writes as on a full disk. Arguments: the file, the
 * mode, the erased state. Writes at the end, and shows that the rest still works.
 */
public final class FullDisk {
    private FullDisk() {}

    public static void main(String[] arguments) throws Exception {
        try (BlockDevice device = FileDevice.open(
                Path.of(arguments[0]),
                AccessMode.valueOf(arguments[1]),
                Bytes.options("size", "8MiB", "erased", arguments[2]))) {
            ChildJvm.say("open");
            programAtTheEnd(device);
            Bytes.program(device, 0, Bytes.filled(4096, 7));
            device.sync();
            ChildJvm.say("first block " + Bytes.read(device, 4095, 1)[0]);
        } catch (DeviceIoException e) {
            ChildJvm.say("open failed: " + e.getMessage());
        }
    }

    private static void programAtTheEnd(BlockDevice device) throws Exception {
        try {
            Bytes.program(device, 8188 * 1024, Bytes.filled(4096, 7));
            ChildJvm.say("programmed");
        } catch (DeviceIoException e) {
            ChildJvm.say("program failed at " + e.offset() + " with " + e.length());
        }
    }
}
