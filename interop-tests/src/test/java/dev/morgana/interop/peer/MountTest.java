package dev.morgana.interop.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command's mount, by the calls of the host and by what is in the image afterwards. */
@Tag("interop")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MountTest {
    @TempDir
    private Path folder;

    private String image;
    private Path place;

    @BeforeAll
    static void needAMount() {
        MorganaMount.require("fusermount");
    }

    @BeforeEach
    void makeAnImage() throws Exception {
        image = make("littlefs", "1MiB", "");
        place = folder.resolve("mnt");
    }

    private String make(String format, String size, String options) throws Exception {
        Path file = folder.resolve(format + ".img");
        String address = format + "+file:" + file + "?" + options;
        Morgana.load()
                .at(address + "&size=" + size + (format.equals("littlefs") ? "&blockSize=4096" : ""))
                .create()
                .close();
        return address;
    }

    private KeyValueStore open(String address) throws IOException {
        return Morgana.load().at(address).open();
    }

    private String text(String key) throws IOException {
        try (KeyValueStore store = open(image)) {
            return new String(store.get(Key.of(key)), UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** Every format that has a tree, flat ones through their view. */
    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv-fs", "ekv", "embedkv", "pw_kvs"})
    void everyFormatIsAFolder(String format) throws Exception {
        String address = make(format, "256KiB", "");
        try (MorganaMount mount = MorganaMount.of(address, place)) {
            Files.createDirectories(place.resolve("a/b"));
            Files.writeString(place.resolve("a/b/c"), "one");
            Files.writeString(place.resolve("a/d"), "two");
            Files.move(place.resolve("a/d"), place.resolve("a/b/e"));
            Files.writeString(place.resolve("a/b/c"), " more", StandardOpenOption.APPEND);
            Files.delete(place.resolve("a/b/e"));
            try (Stream<Path> all = Files.walk(place)) {
                assertThat(all.map(place::relativize).map(Path::toString))
                        .containsExactlyInAnyOrder("", "a", "a/b", "a/b/c");
            }
            assertThat(mount.unmount()).isZero();
        }
        try (KeyValueStore store = open(address)) {
            assertThat(store.get(Key.of("/a/b/c"))).isEqualTo("one more".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void aSignalEndsItWithEverythingInTheImage(String signal) throws Exception {
        try (MorganaMount mount = MorganaMount.of(image, place);
                FileChannel open =
                        FileChannel.open(place.resolve("open"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            open.write(bytes("not synced"));
            mount.end(signal);
            assertThat(text("/open")).isEqualTo("not synced");
            try (Stream<Path> inside = Files.list(place)) {
                assertThat(inside).isEmpty();
            }
        } catch (FileSystemException e) {
            // Closing a file whose file system is gone fails, as it should.
            assertThat(e.getReason()).isNotNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).contains("not connected");
        }
    }

    @Test
    void openFilesAreWhatPosixSaysTheyAre() throws Exception {
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            Path a = place.resolve("a");
            try (FileChannel open =
                    FileChannel.open(a, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                open.write(bytes("0123456789"));
                assertThat(Files.size(a)).isEqualTo(10);
                open.truncate(4);
                assertThat(Files.size(a)).isEqualTo(4);
                MorganaMount.shell(place, "printf more >> a; truncate -s 20 a");
                assertThat(Files.size(a)).isEqualTo(20);
                Files.move(a, place.resolve("b"));
                open.write(bytes("X"), 0);
                open.force(true);
                assertThat(Files.readString(place.resolve("b"))).isEqualTo("X123more" + "\0".repeat(12));
                Files.writeString(a, "other");
                Files.move(a, place.resolve("b"), StandardCopyOption.ATOMIC_MOVE);
                assertThat(open.size()).isEqualTo(20);
                open.write(bytes("Y"), 1);
                assertThat(Files.readString(place.resolve("b"))).isEqualTo("other");
            }
            try (FileChannel open =
                    FileChannel.open(place.resolve("b"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Files.delete(place.resolve("b"));
                try (Stream<Path> inside = Files.list(place)) {
                    assertThat(inside).isEmpty();
                }
                open.write(bytes("longer than before"), 0);
                ByteBuffer seen = ByteBuffer.allocate(6);
                open.read(seen, 0);
                assertThat(new String(seen.array(), UTF_8)).isEqualTo("longer");
                assertThat(open.size()).isEqualTo(18);
            }
            assertThat(mount.unmount()).isZero();
        }
        try (KeyValueStore store = open(image);
                Stream<?> left = store.list(Key.ROOT)) {
            assertThat(left).isEmpty();
        }
    }

    /** A kill right after a file was removed, or replaced, while it was open: nothing of libfuse's making is in the image. */
    @Test
    void filesWithoutANameAreNotInTheImage() throws Exception {
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            Files.writeString(place.resolve("a"), "old");
            Files.writeString(place.resolve("b"), "new");
            Files.writeString(place.resolve("c"), "gone");
            FileChannel a = FileChannel.open(place.resolve("a"), StandardOpenOption.READ);
            FileChannel c = FileChannel.open(place.resolve("c"), StandardOpenOption.READ);
            Files.move(place.resolve("b"), place.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(place.resolve("c"));
            try (FileChannel directory = FileChannel.open(place, StandardOpenOption.READ)) {
                directory.force(true);
            }
            mount.kill();
            assertThatThrownBy(c::close).isInstanceOf(IOException.class);
            assertThatThrownBy(a::close).isInstanceOf(IOException.class);
        }
        try (KeyValueStore store = open(image);
                Stream<?> left = store.list(Key.ROOT)) {
            assertThat(left).hasSize(1);
            assertThat(store.get(Key.of("/a"))).isEqualTo("new".getBytes(UTF_8));
        }
    }

    @Test
    void aFolderIsReadWhileItChanges() throws Exception {
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            MorganaMount.shell(place, "for i in $(seq 100); do echo $i > f$i; done");
            int seen = 0;
            try (var all = Files.newDirectoryStream(place)) {
                for (Path each : all) {
                    Files.delete(each);
                    Files.writeString(place.resolve("g" + seen), "");
                    seen++;
                }
            }
            assertThat(seen).isGreaterThanOrEqualTo(100);
            assertThat(MorganaMount.shell(place, "ls | grep -c f || :").strip()).isEqualTo("0");
            assertThat(mount.isAlive()).isTrue();
        }
    }

    @Test
    void aFileThatDoesNotFitLeavesTheOldOne() throws Exception {
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            Files.writeString(place.resolve("a"), "old");
            assertThatThrownBy(() -> Files.write(place.resolve("a"), new byte[3_000_000]))
                    .hasMessageContaining("No space left");
            assertThat(Files.readString(place.resolve("a"))).isEqualTo("old");
            assertThat(Files.getFileStore(place).getUsableSpace()).isBetween(900_000L, 1L << 20);
            assertThat(mount.unmount()).isZero();
        }
        assertThat(text("/a")).isEqualTo("old");
    }

    @Test
    void timesAreKept() throws Exception {
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            Files.writeString(place.resolve("a"), "x");
            Files.setLastModifiedTime(place.resolve("a"), FileTime.fromMillis(1_000_000_000_000L));
            assertThat(mount.unmount()).isZero();
        }
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            assertThat(Files.getLastModifiedTime(place.resolve("a")).toMillis()).isEqualTo(1_000_000_000_000L);
            assertThat(mount.isAlive()).isTrue();
        }
    }

    @Test
    void aReadOnlyMountRefusesEveryChange() throws Exception {
        try (KeyValueStore store = open(image)) {
            store.set(Key.of("/a"), "x".getBytes(UTF_8));
        }
        byte[] before = Files.readAllBytes(folder.resolve("littlefs.img"));
        try (MorganaMount mount = MorganaMount.of(image, place, "--read-only")) {
            assertThat(Files.readString(place.resolve("a"))).isEqualTo("x");
            assertThatThrownBy(() -> Files.writeString(place.resolve("a"), "y")).hasMessageContaining("Read-only");
            assertThatThrownBy(() -> Files.delete(place.resolve("a"))).hasMessageContaining("Read-only");
            assertThat(mount.unmount()).isZero();
        }
        assertThat(Files.readAllBytes(folder.resolve("littlefs.img"))).isEqualTo(before);
    }

    @Test
    void namesThatAreNotTextAreShownAndFound() throws Exception {
        Key odd = Key.ROOT.child(new byte[] {'x', (byte) 0xff});
        try (KeyValueStore store = open(image)) {
            store.set(odd, "1".getBytes(UTF_8));
        }
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            assertThat(MorganaMount.shell(place, "ls; cat 'x\\xff'; mv 'x\\xff' moved"))
                    .isEqualTo("x\\xff\n1");
            // A name from the host that is not UTF-8 would come out as another one.
            assertThat(MorganaMount.shell(place, "touch \"$(printf 'y\\376')\" 2>&1 || echo refused"))
                    .contains("refused");
            assertThat(mount.unmount()).isZero();
        }
        assertThat(text("/moved")).isEqualTo("1");
    }

    /** A folder whose blocks are damaged: it is in the way of nothing but what is in it. */
    @Test
    void aDamagedFolderLeavesTheRestReadable() throws Exception {
        try (KeyValueStore store = open(image)) {
            store.set(Key.of("/good"), "fine".getBytes(UTF_8));
            store.set(Key.of("/bad/a-file-with-a-name"), "lost".getBytes(UTF_8));
        }
        wipeBlocksWith("a-file-with-a-name");
        try (MorganaMount mount = MorganaMount.of(image, place, "--read-only")) {
            assertThat(Files.readString(place.resolve("good"))).isEqualTo("fine");
            assertThatThrownBy(() -> Files.readString(place.resolve("bad/a-file-with-a-name")))
                    .hasMessageContaining("Input/output error");
            assertThat(MorganaMount.shell(place, "ls bad 2>&1 || :")).contains("Input/output error");
            assertThat(mount.unmount()).isZero();
        }
    }

    private void wipeBlocksWith(String name) throws IOException {
        Path file = folder.resolve("littlefs.img");
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int found = text.indexOf(name); found >= 0; found = text.indexOf(name, found + 1)) {
            int block = found / 4096 * 4096;
            // Both blocks of the pair, which were allocated one after the other.
            for (int i = block - 4096; i < block + 2 * 4096; i++) {
                boolean superblock = i < 2 * 4096;
                all[i] = superblock ? all[i] : 0x55;
            }
        }
        Files.write(file, all);
    }

    @Test
    void aLostDeviceIsAnErrorAndTheMountStays() throws Exception {
        try (KeyValueStore store = open(image)) {
            store.set(Key.of("/a"), "x".getBytes(UTF_8));
        }
        String cut = image.replace("littlefs+file:", "littlefs+powercut+file:") + "&after=40";
        try (MorganaMount mount = MorganaMount.of(cut, place)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            Files.writeString(place.resolve("f" + i), "some text");
                        }
                    })
                    .hasMessageContaining("Input/output error");
            assertThat(mount.isAlive()).isTrue();
            assertThatThrownBy(() -> Files.writeString(place.resolve("more"), "x"))
                    .isInstanceOf(IOException.class);
            assertThat(mount.isAlive()).isTrue();
            mount.unmount();
        }
    }

    @Test
    void wrongWordsAreToldInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(MorganaMount.outcome(folder, "mount", image, "none"))
                .startsWith("2 ")
                .contains("no such folder");
        assertThat(MorganaMount.outcome(folder, "mount", image, file.toString()))
                .startsWith("2 ")
                .contains("is not a folder");
        assertThat(MorganaMount.outcome(folder, "mount", image, folder.toString()))
                .startsWith("2 ")
                .contains("not empty");
        assertThat(MorganaMount.outcome(
                        folder,
                        "mount",
                        "none.img",
                        Files.createDirectory(place).toString()))
                .matches("(?s)[346] .*none.img.*");
        assertThat(MorganaMount.outcome(folder, "unmount", place.toString()))
                .startsWith("2 ")
                .contains("no image");
        try (MorganaMount mount = MorganaMount.of(image, place)) {
            Path other = Files.createDirectory(folder.resolve("other"));
            assertThat(MorganaMount.outcome(folder, "mount", image, other.toString()))
                    .startsWith("7 ");
            assertThat(MorganaMount.outcome(folder, "mount", image, place.toString()))
                    .startsWith("2 ")
                    .contains("mounted here already");
            assertThat(MorganaMount.outcome(folder, "unmount", place.toString()))
                    .startsWith("0 unmounted");
            while (mount.isAlive()) {
                Thread.onSpinWait();
            }
        }
    }
}
