package dev.morgana.embedkv;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/** A device on which some requests fail, and do nothing, after a number of them that succeed. */
final class FlakyDevice implements BlockDevice {
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

    private final BlockDevice inner;
    private final Trouble trouble;

    FlakyDevice(BlockDevice inner, Trouble trouble) {
        this.inner = inner;
        this.trouble = trouble;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Geometry geometry() {
        return inner.geometry();
    }

    @Override
    public boolean isReadOnly() {
        return inner.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        trouble.request("read", position);
        inner.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        trouble.request("program", position);
        inner.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        trouble.request("erase", geometry().startOf(block));
        inner.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        trouble.request("sync", 0);
        inner.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new FlakyDevice(inner.reshape(wanted), trouble);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
