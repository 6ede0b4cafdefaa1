package dev.morgana.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** The contract tests find devices that break the contract, each by the test that is about it. */
final class DeviceTckTest {
    /** A correct device; each test spoils one method. */
    private static class Spoilt extends ForwardingBlockDevice {
        Spoilt(BlockDevice inner) {
            super(inner);
        }

        @Override
        protected BlockDevice wrapped(BlockDevice reshaped) {
            return reshaped;
        }
    }

    /** Applies the contract to a spoilt device; the names of the tests that fail. */
    private static Set<String> failures(UnaryOperator<BlockDevice> spoil, DeviceTrait... traits) throws Exception {
        Set<String> failed = new TreeSet<>();
        for (Method test : ReflectionSupport.findMethods(
                DeviceTck.class, method -> method.isAnnotationPresent(Test.class), HierarchyTraversalMode.TOP_DOWN)) {
            DeviceTck contract = new DeviceTck() {
                @Override
                protected BlockDevice create(Geometry geometry) {
                    return spoil.apply(RamDevice.erased(geometry));
                }

                @Override
                protected BlockDevice createReadOnly(Geometry geometry, byte[] image) {
                    return spoil.apply(RamDevice.readOnly(geometry, image));
                }

                @Override
                protected Set<DeviceTrait> traits() {
                    Set<DeviceTrait> all = EnumSet.noneOf(DeviceTrait.class);
                    all.addAll(Arrays.asList(traits));
                    return all;
                }
            };
            try {
                test.invoke(contract);
                contract.closeDevices();
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof TestAbortedException)) {
                    failed.add(test.getName());
                }
            }
            Thread.interrupted();
        }
        return failed;
    }

    @Test
    void aCorrectDeviceFailsNothing() throws Exception {
        assertThat(failures(Spoilt::new, DeviceTrait.READ_ONLY, DeviceTrait.RESHAPES))
                .isEmpty();
    }

    @Test
    void aGeometryThatChangesIsFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    private boolean closed;

                    @Override
                    public Geometry geometry() {
                        return closed ? super.geometry().withBlockCount(0) : super.geometry();
                    }

                    @Override
                    public void close() throws DeviceException {
                        closed = true;
                        super.close();
                    }
                }))
                .contains("geometryIsConstant");
    }

    @Test
    void unalignedRequestsThatAreServedAreFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    private final BlockDevice bytes = uncheckedReshape(device());

                    @Override
                    public void read(long position, ByteBuffer target) throws DeviceException {
                        bytes.read(position, target);
                    }

                    @Override
                    public void program(long position, ByteBuffer source) throws DeviceException {
                        bytes.program(position, source);
                    }
                }))
                .contains("unalignedReadIsRefused", "unalignedProgramIsRefused")
                .doesNotContain("readOutsideIsRefused", "programOutsideIsRefused");
    }

    private static BlockDevice uncheckedReshape(BlockDevice device) {
        try {
            Geometry geometry = device.geometry();
            return device.reshape(geometry.withUnits(1, 1, geometry.blockSize()));
        } catch (DeviceException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void requestsThatAreCheckedTooLateAreFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    @Override
                    public void program(long position, ByteBuffer source) throws DeviceException {
                        if (source.remaining() > geometry().programSize()
                                && position % geometry().programSize() == 0) {
                            ByteBuffer first =
                                    source.slice(source.position(), geometry().programSize());
                            if (position >= 0 && position < geometry().sizeBytes()) {
                                device().program(position, first);
                            }
                        }
                        super.program(position, source);
                    }
                }))
                .contains("programOutsideIsRefused", "unalignedProgramIsRefused");
    }

    @Test
    void anEraseThatDoesNothingIsFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    @Override
                    public void erase(long block) throws DeviceException {
                        geometry().checkErase(block);
                        device().sync();
                    }
                }))
                .contains("readAfterErase", "eraseAtTheEnds");
    }

    @Test
    void aProgramThatConsumesNoBufferIsFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    @Override
                    public void program(long position, ByteBuffer source) throws DeviceException {
                        device().program(position, source.duplicate());
                    }
                }))
                .containsExactly("programTakesAnyBuffer");
    }

    @Test
    void aDeviceThatIsNotFlashIsFound() throws Exception {
        assertThat(failures(Spoilt::new, DeviceTrait.FLASH))
                .containsExactlyInAnyOrder(
                        "onlyItsOwnEraseHelps",
                        "programAcrossBlocksIsRefusedByFlash",
                        "programWithoutEraseFailsOnFlash");
    }

    @Test
    void aDeviceThatFailsUnderAnInterruptIsFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    @Override
                    public void sync() throws DeviceException {
                        if (Thread.currentThread().isInterrupted()) {
                            device().close();
                            throw new DeviceIoException(name(), "closed by interrupt", 0, 0, null);
                        }
                        super.sync();
                    }
                }))
                .containsExactly("interruptDoesNothing");
    }

    @Test
    void aDeviceThatErasesAfterItWasClosedIsFound() throws Exception {
        assertThat(failures(device -> new Spoilt(device) {
                    @Override
                    public void erase(long block) throws DeviceException {
                        try {
                            super.erase(block);
                        } catch (DeviceClosedException e) {
                            return;
                        }
                    }
                }))
                .contains("closedDeviceFails", "closingTwiceIsLegal");
    }

    @Test
    void aReadOnlyDeviceThatWritesIsFound() throws Exception {
        Set<String> failed = failures(
                device ->
                        device.isReadOnly() ? RamDevice.erased(device.geometry().withErased(ErasedState.ONES)) : device,
                DeviceTrait.READ_ONLY);
        assertThat(failed).containsExactlyInAnyOrder("readOnlyDeviceReads", "readOnlyDeviceRefusesWrites");
    }

    @Test
    void aViewWithALifeOfItsOwnIsFound() throws Exception {
        assertThat(failures(
                        device -> new Spoilt(device) {
                            @Override
                            public BlockDevice reshape(Geometry wanted) throws DeviceException {
                                if (wanted.sizeBytes() > geometry().sizeBytes()) {
                                    return super.reshape(wanted);
                                }
                                device().sync();
                                return wanted.equals(geometry())
                                        ? this
                                        : RamDevice.of(wanted, ((RamDevice) device()).image());
                            }
                        },
                        DeviceTrait.RESHAPES))
                .containsExactlyInAnyOrder(
                        "closingTheDeviceClosesTheView",
                        "closingTheViewClosesTheDevice",
                        "reshapeReplacesTheErasedState",
                        "reshapedDeviceHasTheSameBytes");
    }
}
