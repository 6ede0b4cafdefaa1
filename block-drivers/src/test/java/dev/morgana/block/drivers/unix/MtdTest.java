package dev.morgana.block.drivers.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver's whole sequence on an MTD character device, against a recorded table of calls: no machine that runs these tests
 * has such a device.
 */
class MtdTest {
    private static final int NAND = 4;
    private static final int BLOCK = 0x4000;
    private static final int PAGE = 0x200;

    @TempDir
    private Path folder;

    private final CallTable table = new CallTable();

    private @Nullable BlockDevice opened;

    @AfterEach
    void closeTheDevice() throws IOException {
        if (opened != null) {
            table.expect("close 7", 0);
            opened.close();
        }
    }

    private BlockDevice open(AccessMode mode, Options options) throws IOException {
        Path path = folder.resolve("mtd0");
        if (!Files.exists(path)) {
            Files.createFile(path); // something to claim; its kind is what the test says
        }
        SystemCalls calls = new SystemCalls(table, table::errno, Platform.LINUX);
        opened = new NativeOpening("native:/dev/mtd0", path, mode, options, calls).existing(FileKind.CHARACTER);
        return opened;
    }

    private void expectOpening(int type, long flags) {
        table.expect("open O_RDWR", 7);
        table.expect(
                "ioctl 7 MEMGETINFO",
                0,
                argument -> argument.put(0, (byte) type)
                        .putInt(MtdInfo.FLAGS, (int) flags)
                        .putInt(MtdInfo.SIZE, 4 * BLOCK)
                        .putInt(MtdInfo.ERASE_SIZE, BLOCK)
                        .putInt(MtdInfo.WRITE_SIZE, PAGE));
        table.expect("lseek 7", 4 * BLOCK);
        table.expect("fcntl 7 37", 0);
    }

    private BlockDevice openNand() throws IOException {
        expectOpening(NAND, MtdInfo.WRITEABLE);
        return open(AccessMode.READ_WRITE, Options.none());
    }

    @Test
    void geometryComesFromTheFlash() throws Exception {
        BlockDevice device = openNand();
        assertThat(device.geometry()).isEqualTo(new Geometry(PAGE, PAGE, BLOCK, 4, ErasedState.ONES));
        table.expect("close 7", 0);
        device.close();
        opened = null;
        table.assertAllMade();
    }

    @Test
    void theWholeSequence() throws Exception {
        BlockDevice device = openNand();
        table.expect("ioctl 7 MEMGETBADBLOCK 0x4000", 0);
        table.expect("ioctl 7 MEMERASE64 0x4000 0x4000", 0);
        device.erase(1);
        table.expect("ioctl 7 MEMGETBADBLOCK 0x4000", 0);
        table.expect("pwrite 7 0x4200 512", 512);
        device.program(BLOCK + PAGE, ByteBuffer.allocate(PAGE));
        table.expect("ioctl 7 MEMGETBADBLOCK 0x4000", 0);
        table.expect("pread 7 0x4200 512", 512);
        device.read(BLOCK + PAGE, ByteBuffer.allocate(PAGE));
        device.sync();
        table.expect("close 7", 0);
        device.close();
        opened = null;
        table.assertAllMade();
    }

    @Nested
    class BadBlocks {
        @Test
        void aMarkedBlockIsRefusedBeforeItIsTouched() throws Exception {
            BlockDevice device = openNand();
            for (int i = 0; i < 3; i++) {
                table.expect("ioctl 7 MEMGETBADBLOCK 0x8000", 1);
            }
            assertThatThrownBy(() -> device.erase(2)).isInstanceOf(BadBlockException.class);
            assertThatThrownBy(() -> device.program(2L * BLOCK, ByteBuffer.allocate(PAGE)))
                    .isInstanceOf(BadBlockException.class);
            assertThatThrownBy(() -> device.read(2L * BLOCK, ByteBuffer.allocate(PAGE)))
                    .isInstanceOfSatisfying(
                            BadBlockException.class, e -> assertThat(e.block()).isEqualTo(2));
            table.assertAllMade();
        }

        @Test
        void aBlockThatFailsIsBadAndIsNotMarkedUnasked() throws Exception {
            BlockDevice device = openNand();
            table.expect("ioctl 7 MEMGETBADBLOCK 0x0", 0);
            table.fail("ioctl 7 MEMERASE64 0x0 0x4000", Errno.EIO);
            assertThatThrownBy(() -> device.erase(0)).isInstanceOf(BadBlockException.class);
            table.assertAllMade();
        }

        @Test
        void aBlockThatFailsIsMarkedOnRequest() throws Exception {
            expectOpening(NAND, MtdInfo.WRITEABLE);
            BlockDevice device = open(AccessMode.READ_WRITE, Options.none().with(NativeDriver.MARK_BAD, true));
            table.expect("ioctl 7 MEMGETBADBLOCK 0x4000", 0);
            table.fail("pwrite 7 0x4200 512", Errno.EIO);
            table.expect("ioctl 7 MEMSETBADBLOCK 0x4000", 0);
            assertThatThrownBy(() -> device.program(BLOCK + PAGE, ByteBuffer.allocate(PAGE)))
                    .isInstanceOf(BadBlockException.class);
            table.assertAllMade();
        }

        @Test
        void otherErrorsKeepTheirNames() throws Exception {
            BlockDevice device = openNand();
            table.expect("ioctl 7 MEMGETBADBLOCK 0x0", 0);
            table.fail("ioctl 7 MEMERASE64 0x0 0x4000", Errno.EROFS);
            assertThatThrownBy(() -> device.erase(0))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("ioctl(MEMERASE64): EROFS");
        }

        @Test
        void norFlashKeepsNoMarksAndIsNotAsked() throws Exception {
            expectOpening(MtdInfo.NOR, MtdInfo.WRITEABLE);
            BlockDevice device = open(AccessMode.READ_WRITE, Options.none());
            table.expect("ioctl 7 MEMERASE64 0x0 0x4000", 0);
            device.erase(0);
            table.assertAllMade();
        }
    }

    @Test
    void interruptedAndShortCallsGoOn() throws Exception {
        BlockDevice device = openNand();
        table.expect("ioctl 7 MEMGETBADBLOCK 0x0", 0);
        table.fail("pwrite 7 0x0 1024", Errno.EINTR);
        table.expect("pwrite 7 0x0 1024", 512);
        table.expect("pwrite 7 0x200 512", 512);
        device.program(0, ByteBuffer.allocate(2 * PAGE));
        table.assertAllMade();
    }

    @Test
    void aProtectedFlashIsRefusedForWritingAndReleased() {
        expectOpening(NAND, 0);
        table.expect("close 7", 0);
        assertThatThrownBy(() -> open(AccessMode.READ_WRITE, Options.none())).hasMessageContaining("write-protected");
        table.assertAllMade();
    }

    @Test
    void aCharacterDeviceThatIsNoFlashIsRefusedAndReleased() {
        table.expect("open O_RDWR", 7);
        table.fail("ioctl 7 MEMGETINFO", Errno.ENOTTY);
        table.expect("close 7", 0);
        assertThatThrownBy(() -> open(AccessMode.READ_WRITE, Options.none()))
                .hasMessageContaining("no MTD flash")
                .hasMessageContaining("ENOTTY");
        table.assertAllMade();
    }

    @Test
    void unitsThatTheFlashCannotHaveAreRefused() {
        for (Options wrong : List.of(
                Options.none().with(GeometryOptions.PROG_SIZE, 16L),
                Options.none().with(GeometryOptions.BLOCK_SIZE, 4096L),
                Options.none().with(GeometryOptions.ERASED, ErasedState.ZEROS))) {
            expectOpening(NAND, MtdInfo.WRITEABLE);
            table.expect("close 7", 0);
            assertThatThrownBy(() -> open(AccessMode.READ_WRITE, wrong)).isInstanceOf(InvalidOptionException.class);
            table.assertAllMade();
        }
    }

    @Test
    void theSizeMayExceedWhatTheStructureHolds() throws Exception {
        ByteBuffer structure = ByteBuffer.allocate(MtdInfo.BYTES).order(ByteOrder.nativeOrder());
        structure.putInt(MtdInfo.SIZE, 0x8000_0000);
        assertThat(MtdInfo.decode(structure, 0x8000_0000L).size()).isEqualTo(0x8000_0000L);
        assertThat(MtdInfo.decode(structure, 0x3_8000_0000L).size()).isEqualTo(0x3_8000_0000L);
        assertThatThrownBy(() -> MtdInfo.decode(structure, 0x1000)).hasMessageContaining("ends at 4096");
    }

    @Test
    void aFlashThatAnotherProcessHasIsRefusedAndReleased() {
        table.expect("open O_RDWR", 7);
        table.expect("ioctl 7 MEMGETINFO", 0, argument -> argument.putInt(MtdInfo.SIZE, 4 * BLOCK));
        table.expect("lseek 7", 4 * BLOCK);
        table.fail("fcntl 7 37", Errno.EAGAIN);
        table.expect("close 7", 0);
        assertThatThrownBy(() -> open(AccessMode.READ_WRITE, Options.none()))
                .isInstanceOf(dev.morgana.spi.error.DeviceLockedException.class);
        table.assertAllMade();
    }
}
