package dev.morgana.block.drivers.file;

import static dev.morgana.block.drivers.Bytes.all;
import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.ChildJvm;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceLockedException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class LockTest {
    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void makeTheImage() throws IOException {
        image = folder.resolve("image.bin");
        Files.write(image, new byte[8192]);
    }

    private BlockDevice open(AccessMode mode, String... namesAndValues) throws IOException {
        return FileDevice.open(image, mode, options(namesAndValues));
    }

    @Nested
    final class WithinThisJvm {
        private void assertLocked(Path path, AccessMode mode) {
            assertThatThrownBy(() -> FileDevice.open(path, mode, options()))
                    .isInstanceOf(DeviceLockedException.class)
                    .hasMessageContainingAll("file:" + path, "this JVM, as file:" + image);
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void aWriterKeepsEverybodyOut(AccessMode mode) throws Exception {
            try (BlockDevice writer = open(AccessMode.READ_WRITE)) {
                assertLocked(image, mode);
                program(writer, 0, (byte) 1);
            }
            FileDevice.open(image, mode, options()).close();
        }

        @Test
        void otherSpellingsOfThePathDoNotHelp() throws Exception {
            try (BlockDevice writer = open(AccessMode.READ_WRITE)) {
                assertLocked(folder.resolve("../" + folder.getFileName() + "/image.bin"), AccessMode.READ_WRITE);
                assertLocked(Files.createSymbolicLink(folder.resolve("link"), image), AccessMode.READ_ONLY);
                assertLocked(Files.createLink(folder.resolve("hard"), image), AccessMode.READ_ONLY);
                writer.sync();
            }
        }

        @Test
        void readersShareAndKeepWritersOut() throws Exception {
            BlockDevice first = open(AccessMode.READ_ONLY);
            BlockDevice second = open(AccessMode.READ_ONLY, "size", "4096");
            assertThat(second.geometry().sizeBytes()).isEqualTo(4096);
            assertLocked(image, AccessMode.READ_WRITE);
            first.close();
            assertThat(all(second)).isEqualTo(new byte[4096]);
            assertLocked(image, AccessMode.READ_WRITE);
            second.close();
            open(AccessMode.READ_WRITE).close();
        }

        @Test
        void closingTwiceEndsOneUseOnly() throws Exception {
            BlockDevice first = open(AccessMode.READ_ONLY);
            BlockDevice second = open(AccessMode.READ_ONLY);
            first.close();
            first.close();
            assertThat(all(second)).isEqualTo(new byte[8192]);
            second.close();
        }

        @Test
        void aFailedReaderLeavesTheOtherAlone() throws Exception {
            try (BlockDevice first = open(AccessMode.READ_ONLY)) {
                assertThatThrownBy(() -> open(AccessMode.READ_ONLY, "blockSize", "3000"))
                        .isInstanceOf(InvalidOptionException.class);
                assertThat(all(first)).isEqualTo(new byte[8192]);
            }
            open(AccessMode.READ_WRITE).close();
        }

        @Test
        void aNewFileUnderTheSameNameIsAnotherFile() throws Exception {
            try (BlockDevice old = open(AccessMode.READ_WRITE)) {
                Path fresh = Files.write(folder.resolve("fresh"), new byte[4096]);
                Files.move(fresh, image, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                try (BlockDevice other = open(AccessMode.READ_WRITE)) {
                    assertThat(other.geometry().sizeBytes()).isEqualTo(4096);
                }
                assertThat(old.geometry().sizeBytes()).isEqualTo(8192);
                program(old, 8191, (byte) 1);
            }
        }

        @Test
        void aLockTakenByOtherMeansIsRespected() throws Exception {
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw");
                    FileLock lock = file.getChannel().lock()) {
                assertThat(lock.isValid()).isTrue();
                assertThatThrownBy(() -> open(AccessMode.READ_WRITE))
                        .isInstanceOf(DeviceLockedException.class)
                        .hasMessageContaining("this JVM");
            }
            open(AccessMode.READ_WRITE).close();
        }

        @Test
        void switchingLocksOffStillExcludesASecondWriter() throws Exception {
            try (BlockDevice writer = open(AccessMode.READ_WRITE, "lock", "off")) {
                assertLocked(image, AccessMode.READ_WRITE);
                writer.sync();
            }
        }
    }

    @Nested
    @Campaign
    final class AgainstOtherProcesses {
        @ParameterizedTest
        @EnumSource(
                value = AccessMode.class,
                names = {"READ_ONLY", "READ_WRITE"})
        void theLockOutlivesWhateverThisJvmDoesToTheFile(AccessMode mode) throws Exception {
            try (BlockDevice held = open(mode)) {
                Files.readAllBytes(image);
                try (RandomAccessFile other = new RandomAccessFile(image.toFile(), "rw")) {
                    other.write(0);
                }
                assertThat(answer(AccessMode.READ_WRITE)).startsWith("0\nDEVICE_LOCKED");
                assertThat(all(held)).hasSize(8192);
            }
        }

        private ChildJvm holder(AccessMode mode) throws IOException {
            ChildJvm child = ChildJvm.start(HoldDevice.class, image.toString(), mode.name());
            assertThat(child.line()).isEqualTo("open 8192");
            return child;
        }

        /** What another process is told when it tries. */
        private String answer(AccessMode mode) throws Exception {
            try (ChildJvm child = ChildJvm.start(HoldDevice.class, image.toString(), mode.name())) {
                return child.end();
            }
        }

        private void assertLockedBy(ChildJvm owner, AccessMode mode) {
            assertThatThrownBy(() -> open(mode))
                    .isInstanceOf(DeviceLockedException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains(ownerName(owner)));
        }

        private static String ownerName(ChildJvm owner) {
            return Files.isReadable(Path.of("/proc/locks")) ? "process " + owner.pid() : "another process";
        }

        @Test
        void aWriterKeepsEverybodyOutUntilItEnds() throws Exception {
            try (ChildJvm child = holder(AccessMode.READ_WRITE)) {
                assertLockedBy(child, AccessMode.READ_WRITE);
                assertLockedBy(child, AccessMode.READ_ONLY);
                assertLockedBy(child, AccessMode.CREATE);
                assertThat(child.end()).isEqualTo("0\n");
            }
            open(AccessMode.READ_WRITE).close();
        }

        @Test
        void aKilledWriterKeepsNobodyOut() throws Exception {
            try (ChildJvm child = holder(AccessMode.READ_WRITE)) {
                child.kill();
                open(AccessMode.READ_WRITE).close();
            }
        }

        @Test
        void aReaderKeepsOnlyWritersOut() throws Exception {
            try (ChildJvm child = holder(AccessMode.READ_ONLY)) {
                open(AccessMode.READ_ONLY).close();
                assertLockedBy(child, AccessMode.READ_WRITE);
                assertThat(child.end()).isEqualTo("0\n");
            }
        }

        @Test
        void lockOffLetsOneIn() throws Exception {
            try (ChildJvm child = holder(AccessMode.READ_WRITE)) {
                open(AccessMode.READ_WRITE, "lock", "off").close();
                assertThat(child.end()).isEqualTo("0\n");
            }
        }

        @Test
        void aSecondAttemptInThisJvmDoesNotDropTheLock() throws Exception {
            try (BlockDevice writer = open(AccessMode.READ_WRITE)) {
                assertThatThrownBy(() -> open(AccessMode.READ_WRITE)).isInstanceOf(DeviceException.class);
                assertThatThrownBy(() -> open(AccessMode.READ_ONLY)).isInstanceOf(DeviceException.class);
                assertThat(answer(AccessMode.READ_ONLY)).startsWith("0\nDEVICE_LOCKED");
                writer.sync();
            }
        }

        @Test
        void theFirstReaderToCloseDoesNotDropTheLockOfTheOther() throws Exception {
            try (BlockDevice reader = open(AccessMode.READ_ONLY)) {
                open(AccessMode.READ_ONLY).close();
                assertThat(answer(AccessMode.READ_WRITE)).startsWith("0\nDEVICE_LOCKED");
                assertThat(answer(AccessMode.READ_ONLY)).isEqualTo("0\nopen 8192");
                reader.sync();
            }
            assertThat(answer(AccessMode.READ_WRITE)).isEqualTo("0\nopen 8192");
        }

        @ParameterizedTest
        @ValueSource(strings = {"blockSize=3000", "size=8193", "readSize=7", "blockCount=5"})
        void aFailedOpenKeepsNobodyOut(String option) throws Exception {
            String[] parts = option.split("=");
            assertThatThrownBy(() -> open(AccessMode.READ_WRITE, parts)).isInstanceOf(InvalidOptionException.class);
            assertThat(answer(AccessMode.READ_WRITE)).isEqualTo("0\nopen 8192");
        }

        @Test
        void theOwnerIsNamedWhereTheSystemTells() throws Exception {
            assumeTrue(Files.isReadable(Path.of("/proc/locks")), "this system has no /proc/locks");
            try (BlockDevice writer = open(AccessMode.READ_WRITE)) {
                assertThat(answer(AccessMode.READ_WRITE))
                        .contains("locked by process " + ProcessHandle.current().pid(), "java");
                writer.sync();
            }
        }
    }
}
