package dev.morgana.spi;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A device that logs each request on one line, with where in the format it comes from, the innermost first, such as
 * {@code Blocks.read < PairReader.fetch}: for those who look for what a store does to its medium, and to which structure. It is put over every device while the system property {@code morgana.trace} is
 * {@code device}.
 */
final class TracedDevice extends ForwardingBlockDevice {
    private static final System.Logger LOG = System.getLogger("dev.morgana.trace");
    private static final StackWalker STACK = StackWalker.getInstance();

    private static final int MOST_CALLERS = 4;

    /** Where requests pass through, and none begins. */
    private static final Set<String> PASSING = Set.of("dev.morgana.spi", "dev.morgana.block", "java", "jdk");

    private TracedDevice(BlockDevice device) {
        super(device);
    }

    /** The device, traced if that is wanted. */
    static BlockDevice over(BlockDevice device) {
        return "device".equals(System.getProperty("morgana.trace")) ? new TracedDevice(device) : device;
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new TracedDevice(reshaped);
    }

    private void log(String request) {
        String origin = STACK.walk(frames -> frames.filter(frame -> !isPassing(frame.getClassName()))
                .filter(frame -> !frame.getMethodName().contains("$"))
                .limit(MOST_CALLERS)
                .map(frame -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
                .collect(Collectors.joining(" < ")));
        LOG.log(System.Logger.Level.INFO, "{0} {1} by {2}", name(), request, origin);
    }

    private static boolean isPassing(String className) {
        return PASSING.stream().anyMatch(prefix -> className.startsWith(prefix + "."));
    }

    private String at(long position, int length) {
        long block = position / geometry().blockSize();
        return "0x" + Long.toHexString(position) + " +" + length + " (block " + block + ")";
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        log("read " + at(position, target.remaining()));
        super.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        log("program " + at(position, source.remaining()));
        super.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        log("erase " + at(block * geometry().blockSize(), geometry().blockSize()));
        super.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        log("sync");
        super.sync();
    }
}
