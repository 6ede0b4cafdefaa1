package dev.morgana.embedkv;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/** A device on which some requests fail, and do nothing, after a number of them that succeed. */
final class FlakyDevice extends ForwardingBlockDevice {
    /** When it fails. */
    static final class Trouble {
        private int ahead = Integer.MAX_VALUE;
        private int failures;

        /** Lets some requests pass, and fails those after them. */
        void after(int passing, int failing) {
            ahead = passing;
            failures = failing;
        }

        void end() {
            ahead = Integer.MAX_VALUE;
        }

        private void request(String operation, long position) throws DeviceIoException {
            if (ahead > 0) {
                ahead--;
            } else if (failures > 0) {
                failures--;
                throw new DeviceIoException("flaky", operation + " failed: injected", position, 0, null);
            }
        }
    }

    private final Trouble trouble;

    FlakyDevice(BlockDevice inner, Trouble trouble) {
        super(inner);
        this.trouble = trouble;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        trouble.request("read", position);
        device().read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        trouble.request("program", position);
        device().program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        trouble.request("erase", geometry().startOf(block));
        device().erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        trouble.request("sync", 0);
        device().sync();
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new FlakyDevice(reshaped, trouble);
    }
}
