package dev.morgana.spi.backend;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.List;

/** A device that notes each request, and may fail when it is closed. */
record NotedDevice(String name, boolean failsToClose, List<String> requests) implements BlockDevice {
    @Override
    public Geometry geometry() {
        return Geometry.ofBlocks(16, 2);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        requests.add(name + " read " + position + " " + target.remaining());
    }

    @Override
    public void program(long position, ByteBuffer source) {
        requests.add(name + " program " + position + " " + source.remaining());
    }

    @Override
    public void erase(long block) {
        requests.add(name + " erase " + block);
    }

    @Override
    public void sync() {
        requests.add(name + " sync");
    }

    @Override
    public BlockDevice reshape(Geometry wanted) {
        return wanted.equals(geometry()) ? this : new NotedDevice(name + "'", failsToClose, requests);
    }

    @Override
    public void close() throws DeviceException {
        requests.add(name + " close");
        if (failsToClose) {
            throw new DeviceIoException(name, "close failed", 0, 0, null);
        }
    }
}
