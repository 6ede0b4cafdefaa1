package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A medium that nothing was written to, as far as its beginning tells. */
final class ErasedMedium {
    private static final int MOST_READ = 1 << 20;

    private ErasedMedium() {}

    /** The geometry of a medium whose first MiB is of one byte that flash is erased to, with that state; empty for any other. */
    static Optional<Geometry> of(BlockDevice device) throws DeviceException {
        Geometry geometry = device.geometry();
        long length = Math.min(MOST_READ, geometry.sizeBytes()) / geometry.readSize() * geometry.readSize();
        ByteBuffer start = ByteBuffer.allocate((int) length);
        device.read(0, start);
        byte[] bytes = start.array();
        for (ErasedState state : new ErasedState[] {ErasedState.ONES, ErasedState.ZEROS}) {
            byte erased = (byte) state.byteValue().orElseThrow();
            if (bytes.length > 0 && isOnly(bytes, erased)) {
                return Optional.of(geometry.withErased(state));
            }
        }
        return Optional.empty();
    }

    private static boolean isOnly(byte[] bytes, byte wanted) {
        for (byte each : bytes) {
            if (each != wanted) {
                return false;
            }
        }
        return true;
    }
}
