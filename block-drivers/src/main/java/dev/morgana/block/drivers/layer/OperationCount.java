package dev.morgana.block.drivers.layer;

/**
 * How often an operation was asked for, and for how many bytes. Failed calls are those that the medium answered with
 * {@link dev.morgana.spi.error.BadBlockException} or {@link dev.morgana.spi.error.DeviceIoException}.
 *
 * @param calls all calls, the failed ones too
 * @param bytes the bytes of all calls; of an erase, those of the block
 * @param failedCalls how many of the calls failed
 * @param failedBytes the bytes of the failed calls
 */
public record OperationCount(long calls, long bytes, long failedCalls, long failedBytes) {
    static final OperationCount NONE = new OperationCount(0, 0, 0, 0);

    OperationCount plus(long length, boolean failed) {
        return new OperationCount(
                calls + 1, bytes + length, failedCalls + (failed ? 1 : 0), failedBytes + (failed ? length : 0));
    }
}
