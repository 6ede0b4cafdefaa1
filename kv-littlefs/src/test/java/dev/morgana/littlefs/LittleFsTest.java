package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LittleFsTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 512, 64, ErasedState.ONES);

    private final RamDevice device = RamDevice.erased(GEOMETRY);
    private LittleFs files;

    @BeforeEach
    void mount() throws StoreException {
        LittleFs.format(device, Options.none());
        files = LittleFs.mount(device, Options.none());
    }

    @AfterEach
    void unmount() {
        files.close();
    }

    private static LittleFsPath path(String path) {
        return LittleFsPath.of(path);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private LittleFsFile create(String path) throws StoreException {
        return files.open(path(path), EnumSet.of(OpenFlag.RDWR, OpenFlag.CREAT));
    }

    private String read(String path) throws StoreException {
        try (LittleFsFile file = files.open(path(path), EnumSet.of(OpenFlag.RDONLY))) {
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            file.read(content);
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    private void write(String path, String content) throws StoreException {
        try (LittleFsFile file = create(path)) {
            file.write(text(content));
        }
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.nativeCode()).contains(code));
    }

    @Nested
    class AHandle {
        @Test
        void showsOthersNothingUntilItIsSynced() throws StoreException {
            try (LittleFsFile file = create("a")) {
                file.write(text("new"));
                assertThat(read("a")).isEmpty();
                file.sync();
                assertThat(read("a")).isEqualTo("new");
            }
        }

        @Test
        void thatIsClosedTakesNoMoreCalls() throws StoreException {
            LittleFsFile file = create("a");
            file.close();
            file.close();
            assertCode("BADF", () -> file.read(ByteBuffer.allocate(1)));
            assertCode("BADF", () -> file.write(text("x")));
            assertCode("BADF", file::sync);
            assertCode("BADF", file::size);
        }

        @Test
        void doesNotDoWhatItWasNotOpenedFor() throws StoreException {
            write("a", "text");
            try (LittleFsFile reader = files.open(path("a"), Set.of(OpenFlag.RDONLY));
                    LittleFsFile writer = files.open(path("a"), Set.of(OpenFlag.WRONLY))) {
                assertCode("BADF", () -> reader.write(text("x")));
                assertCode("BADF", () -> reader.truncate(1));
                assertCode("BADF", () -> writer.read(ByteBuffer.allocate(1)));
            }
        }

        @Test
        void followsItsFileThroughARename() throws StoreException {
            write("a", "old");
            files.makeDirectory(path("d"));
            try (LittleFsFile file = files.open(path("a"), Set.of(OpenFlag.RDWR))) {
                files.rename(path("a"), path("d/b"));
                file.write(text("new"));
            }
            assertThat(read("d/b")).isEqualTo("new");
            assertCode("NOENT", () -> files.stat(path("a")));
        }

        @Test
        void keepsItsVersionWhenTheFileIsReplaced() throws StoreException {
            String old = "o".repeat(3000);
            write("a", old);
            try (LittleFsFile reader = files.open(path("a"), Set.of(OpenFlag.RDONLY))) {
                for (int round = 0; round < 20; round++) {
                    write("a", "n".repeat(3000));
                }
                ByteBuffer content = ByteBuffer.allocate(3000);
                reader.read(content);
                assertThat(new String(content.array(), StandardCharsets.UTF_8)).isEqualTo(old);
            }
        }

        @Test
        void publishesNothingAfterItsFileIsRemoved() throws StoreException {
            try (LittleFsFile file = create("a")) {
                files.remove(path("a"));
                write("a", "another file");
                file.write(text("lost"));
            }
            assertThat(read("a")).isEqualTo("another file");
        }

        @Test
        void givesItsBlocksBackWhenItIsClosed() throws StoreException {
            long before = files.usedBlocks();
            try (LittleFsFile file = create("a")) {
                file.write(text("x".repeat(9000)));
                file.sync();
                files.remove(path("a"));
            }
            assertThat(files.usedBlocks()).isEqualTo(before);
            write("b", "y".repeat(20000));
            assertThat(read("b")).hasSize(20000);
        }

        @Test
        void thatFoundNoSpaceKeepsTheOldContentWhenClosed() throws StoreException {
            write("a", "old");
            try (LittleFsFile file = files.open(path("a"), Set.of(OpenFlag.WRONLY, OpenFlag.TRUNC))) {
                assertThatThrownBy(() -> file.write(ByteBuffer.allocate(64 * 512)))
                        .isInstanceOf(NoSpaceException.class);
                assertThat(file.position()).isEqualTo(file.size()).isPositive();
            }
            assertThat(read("a")).isEqualTo("old");
        }
    }

    @Nested
    class Attributes {
        @Test
        void arePublishedTogetherWithTheContent() throws StoreException {
            LittleFsAttribute attribute = new LittleFsAttribute(7, new byte[] {1});
            try (LittleFsFile file = files.open(path("a"), EnumSet.of(OpenFlag.WRONLY, OpenFlag.CREAT), attribute)) {
                file.write(text("content"));
                attribute.set(new byte[] {2, 3});
            }
            assertThat(read("a")).isEqualTo("content");
            assertThat(files.getAttribute(path("a"), 7)).hasValue(new byte[] {2, 3});
        }

        @Test
        void surviveRenames() throws StoreException {
            write("a", "text");
            files.setAttribute(path("a"), 9, new byte[] {9});
            files.makeDirectory(path("d"));
            files.rename(path("a"), path("d/a"));
            assertThat(files.getAttribute(path("d/a"), 9)).hasValue(new byte[] {9});
            files.removeAttribute(path("d/a"), 9);
            assertThat(files.getAttribute(path("d/a"), 9)).isEmpty();
        }
    }

    @Nested
    class ADirectory {
        @Test
        void isReadWholeWhileItIsEmptied() throws StoreException {
            for (int i = 0; i < 40; i++) {
                write("file" + i, "content " + i);
            }
            int read = 0;
            try (LittleFsDirectory directory = files.openDirectory(LittleFsPath.ROOT)) {
                directory.seek(2);
                for (Optional<LittleFsEntry> next = directory.read(); next.isPresent(); next = directory.read()) {
                    files.remove(LittleFsPath.ROOT.child(next.get().name()));
                    read++;
                }
            }
            assertThat(read).isEqualTo(40);
        }

        @Test
        void doesNotMoveBelowItself() throws StoreException {
            files.makeDirectory(path("d"));
            files.makeDirectory(path("d/e"));
            assertCode("INVAL", () -> files.rename(path("d"), path("d/e/f")));
            assertThat(files.stat(path("d/e")).kind()).isEqualTo(Kind.DICTIONARY);
        }
    }

    @Nested
    class AReadOnlyMount {
        @Test
        void refusesEveryChange() throws StoreException {
            write("a", "text");
            BlockDevice copy = RamDevice.readOnly(GEOMETRY, device.image());
            try (LittleFs readOnly = LittleFs.mount(copy, Options.none())) {
                for (ThrowingCallable call : List.<ThrowingCallable>of(
                        () -> readOnly.makeDirectory(path("d")),
                        () -> readOnly.remove(path("a")),
                        () -> readOnly.rename(path("a"), path("b")),
                        () -> readOnly.setAttribute(path("a"), 1, new byte[1]),
                        () -> readOnly.collectGarbage(),
                        () -> readOnly.grow(100),
                        () -> readOnly.open(path("a"), Set.of(OpenFlag.WRONLY)))) {
                    assertThatThrownBy(call).isInstanceOf(ReadOnlyStoreException.class);
                }
            }
        }
    }

    @Nested
    class Collection {
        /** A pair that compacting makes no smaller, and that is too full by the rule for collections all the same. */
        @Test
        void ofAFullPairIsDoneOnce() throws StoreException {
            files.makeDirectory(path("d"));
            write("d/f", "");
            files.setAttribute(path("d/f"), 1, new byte[300]);
            files.setAttribute(path("d/f"), 1, new byte[440]);
            byte[] full = device.image();
            files.collectGarbage();
            byte[] collected = device.image();
            files.collectGarbage();
            assertThat(device.image()).isEqualTo(collected);
            assertThat(files.getAttribute(path("d/f"), 1)).contains(new byte[440]);
            files.setAttribute(path("d/f"), 2, new byte[1]);
            files.collectGarbage();
            assertThat(device.image()).isNotEqualTo(full);
        }
    }

    @Nested
    class Growth {
        @Test
        void givesTheBlocksOfALargerDevice() throws StoreException {
            RamDevice large = RamDevice.erased(GEOMETRY.withBlockCount(200));
            LittleFs.format(large, Options.none().plus("blockCount", "64"));
            try (LittleFs small = LittleFs.mount(large, Options.none())) {
                assertThatThrownBy(() -> small.grow(63)).isInstanceOf(InvalidRequestException.class);
                assertThatThrownBy(() -> small.grow(201)).isInstanceOf(InvalidRequestException.class);
                small.grow(200);
                small.store().set(Key.of("a"), new byte[150 * 512]);
            }
            RamDevice again = RamDevice.of(large.geometry(), large.image());
            try (LittleFs grown = LittleFs.mount(again, Options.none().plus("blockCount", "200"))) {
                assertThat(grown.store().size(Key.of("a"))).isEqualTo(150 * 512);
            }
        }
    }

    @Nested
    class ManyThreads {
        /** Each file holds one letter, many times; a reader must never see two. */
        @Test
        void seeWholeVersions() throws Exception {
            List<Future<?>> running = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(5);
            try {
                write("f", "a".repeat(2000));
                running.add(threads.submit(() -> {
                    for (int round = 0; round < 200; round++) {
                        String letter = String.valueOf((char) ('a' + round % 26));
                        files.store()
                                .set(Key.of("f"), letter.repeat(1500 + round).getBytes(StandardCharsets.UTF_8));
                    }
                    return null;
                }));
                for (int reader = 0; reader < 4; reader++) {
                    running.add(threads.submit(() -> {
                        for (int round = 0; round < 200; round++) {
                            String found = read("f");
                            assertThat(found.chars().distinct().count()).isEqualTo(1);
                        }
                        return null;
                    }));
                }
                for (Future<?> thread : running) {
                    thread.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
