package dev.morgana.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.DeviceLockedException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What images have of their own: how they are opened and closed, what they know, and what does not fit. */
class ImageFileSystemTest {
    private static URI uri(Path image, String format) {
        return URI.create("morgana:" + format + "+file:" + image.toString().replace(" ", "%20"));
    }

    private static Path image(Path folder) throws IOException {
        Path image = folder.resolve("an image.bin");
        Map<String, ?> env = Map.of("create", true, "size", "256KiB");
        try (FileSystem made = FileSystems.newFileSystem(uri(image, "littlefs"), env)) {
            Files.writeString(made.getPath("/a"), "text");
            Files.createDirectory(made.getPath("/d"));
        }
        return image;
    }

    @Test
    void anImageIsFoundByItsPath(@TempDir Path folder) throws Exception {
        try (FileSystem files = FileSystems.newFileSystem(image(folder))) {
            assertThat(Files.readString(files.getPath("a"))).isEqualTo("text");
            assertThat(files.getPath("/a").getFileSystem()).isSameAs(files);
        }
    }

    @Test
    void whatIsNoImageIsLeftToOthers(@TempDir Path folder) throws Exception {
        Path zip = folder.resolve("a.zip");
        try (FileSystem made = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(made.getPath("/x"), "zipped");
        }
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            assertThat(Files.readString(files.getPath("/x"))).isEqualTo("zipped");
        }
        Path other = Files.write(folder.resolve("other"), new byte[10_000]);
        assertThatThrownBy(() -> FileSystems.newFileSystem(other)).isInstanceOf(ProviderNotFoundException.class);
    }

    @Test
    void aUriNamesAnImageAndAFileWithin(@TempDir Path folder) throws Exception {
        Path image = image(folder);
        URI uri = uri(image, "littlefs");
        assertThatThrownBy(() -> FileSystems.getFileSystem(uri)).isInstanceOf(FileSystemNotFoundException.class);
        try (FileSystem files = FileSystems.newFileSystem(uri, Map.of())) {
            assertThat(FileSystems.getFileSystem(uri)).isSameAs(files);
            assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of()))
                    .isInstanceOf(FileSystemAlreadyExistsException.class);
            Path file = Path.of(URI.create(uri + "#/a"));
            assertThat(Files.readString(file)).isEqualTo("text");
            Path strange = files.getPath("/d/ä %#\n?");
            assertThat(Path.of(strange.toUri())).isEqualTo(strange);
            assertThat(files.getPath("d").toUri()).isEqualTo(URI.create(uri + "#/d"));
        }
        assertThatThrownBy(() -> FileSystems.getFileSystem(uri)).isInstanceOf(FileSystemNotFoundException.class);
    }

    @Test
    void optionsGoToTheFormat(@TempDir Path folder) throws Exception {
        Path image = image(folder);
        assertThatThrownBy(() -> FileSystems.newFileSystem(image, Map.of("blockSize", "many")))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> FileSystems.newFileSystem(image, Map.of("fish", "1")))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void anImageIsOpenOnce(@TempDir Path folder) throws Exception {
        Path image = image(folder);
        try (FileSystem files = FileSystems.newFileSystem(image)) {
            assertThat(files.isOpen()).isTrue();
            assertThatThrownBy(() -> FileSystems.newFileSystem(image)).isInstanceOf(DeviceLockedException.class);
        }
    }

    @Test
    void aReadOnlyImageRefusesEveryChange(@TempDir Path folder) throws Exception {
        Path image = image(folder);
        byte[] before = Files.readAllBytes(image);
        try (FileSystem files = FileSystems.newFileSystem(image, Map.of("readOnly", true))) {
            Path a = files.getPath("/a");
            assertThat(files.isReadOnly()).isTrue();
            assertThat(Files.readString(a)).isEqualTo("text");
            assertThat(Files.isWritable(a)).isFalse();
            assertThat(Files.getFileStore(a).isReadOnly()).isTrue();
            assertThat(Files.getPosixFilePermissions(a).toString()).doesNotContain("WRITE");
            for (var change : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                    () -> Files.writeString(a, "x"),
                    () -> Files.delete(a),
                    () -> Files.createDirectory(files.getPath("/e")),
                    () -> Files.move(a, files.getPath("/b")),
                    () -> Files.copy(a, files.getPath("/b")),
                    () -> Files.setLastModifiedTime(a, FileTime.fromMillis(0)),
                    () -> Files.setAttribute(a, "user:0x01", new byte[1]))) {
                assertThatThrownBy(change).isInstanceOf(ReadOnlyFileSystemException.class);
            }
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void closingKeepsWhatOpenFilesHave(@TempDir Path folder) throws Exception {
        Path image = image(folder);
        FileSystem files = FileSystems.newFileSystem(image);
        FileChannel open = FileChannel.open(files.getPath("/a"), StandardOpenOption.WRITE);
        WatchService watch = files.newWatchService();
        open.write(ByteBuffer.wrap("TE".getBytes(UTF_8)));
        files.close();
        files.close();
        assertThat(open.isOpen()).isFalse();
        assertThatThrownBy(() -> open.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(watch::poll).isInstanceOf(ClosedWatchServiceException.class);
        assertThatThrownBy(() -> Files.readString(files.getPath("/a"))).isInstanceOf(ClosedFileSystemException.class);
        try (FileSystem again = FileSystems.newFileSystem(image)) {
            assertThat(Files.readString(again.getPath("/a"))).isEqualTo("TExt");
        }
    }

    /** What is not forced is not in the image: a reader of the store beneath sees the old content until then. */
    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv-fs", "embedkv"})
    void theImageChangesByForceAndByClose(String format) throws Exception {
        KeyValueStore store =
                Morgana.load().at(SampleImages.ADDRESSES.get(format)).create();
        Key key = Key.of("/a");
        store.set(key, "old".getBytes(UTF_8));
        try (FileSystem files = MorganaFileSystems.over(store)) {
            Path a = files.getPath("/a");
            try (FileChannel open = FileChannel.open(a, StandardOpenOption.WRITE)) {
                open.write(ByteBuffer.wrap("n".getBytes(UTF_8)));
                assertThat(store.get(key)).isEqualTo("old".getBytes(UTF_8));
                assertThat(Files.readString(a)).isEqualTo("nld");
                open.force(true);
                assertThat(store.get(key)).isEqualTo("nld".getBytes(UTF_8));
                open.write(ByteBuffer.wrap("ew".getBytes(UTF_8)));
            }
            assertThat(store.get(key)).isEqualTo("new".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv-fs", "embedkv"})
    void aFileThatDoesNotFitLeavesTheOldOne(String format) throws Exception {
        KeyValueStore store =
                Morgana.load().at(SampleImages.ADDRESSES.get(format)).create();
        try (FileSystem files = MorganaFileSystems.over(store)) {
            Path a = Files.writeString(files.getPath("/a"), "old");
            assertThatThrownBy(() -> Files.write(a, new byte[20_000_000]))
                    .isInstanceOfAny(NoSpaceException.class, dev.morgana.spi.error.LimitExceededException.class);
            assertThat(store.get(Key.of("/a"))).isEqualTo("old".getBytes(UTF_8));
            assertThat(Files.readString(a)).isEqualTo("old");
            Files.writeString(a, "newer");
            assertThat(Files.readString(a)).isEqualTo("newer");
        }
    }

    @Test
    void manyRandomChangesOfALargeFileAreThoseOfAnArray() throws Exception {
        for (String format : SampleImages.ADDRESSES.keySet()) {
            try (FileSystem files = SampleImages.create(format)) {
                Path file = files.getPath("/large");
                byte[] model = new byte[0];
                java.util.Random random = new java.util.Random(5);
                try (FileChannel open = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    for (int i = 0; i < 60; i++) {
                        int at = random.nextInt(1_400_000);
                        byte[] part = new byte[random.nextInt(100_000)];
                        random.nextBytes(part);
                        if (i % 7 == 6) {
                            open.truncate(at);
                            model = Arrays.copyOf(model, Math.min(model.length, at));
                        } else if (part.length > 0) {
                            open.write(ByteBuffer.wrap(part), at);
                            model = Arrays.copyOf(model, Math.max(model.length, at + part.length));
                            System.arraycopy(part, 0, model, at, part.length);
                        }
                        if (i % 10 == 9) {
                            open.force(false);
                        }
                        ByteBuffer seen = ByteBuffer.allocate(5000);
                        int from = random.nextInt(1_400_000);
                        int count = open.read(seen, from);
                        int there = Math.max(0, Math.min(5000, model.length - from));
                        assertThat(Math.max(0, count)).isEqualTo(there);
                        assertThat(Arrays.copyOf(seen.array(), there))
                                .isEqualTo(there == 0 ? new byte[0] : Arrays.copyOfRange(model, from, from + there));
                    }
                }
                assertThat(Files.readAllBytes(file)).isEqualTo(model);
            }
        }
    }

    /** Names are bytes: one that is not UTF-8 is read, listed, moved, and told apart from its like. */
    @Test
    void namesThatAreNotTextStayWhatTheyAre() throws Exception {
        KeyValueStore store =
                Morgana.load().at(SampleImages.ADDRESSES.get("littlefs")).create();
        byte[] odd = {'x', (byte) 0xff};
        byte[] other = {'x', (byte) 0xfe};
        store.set(Key.ROOT.child("d").child(odd), "1".getBytes(UTF_8));
        store.set(Key.ROOT.child("d").child(other), "2".getBytes(UTF_8));
        try (FileSystem files = MorganaFileSystems.over(store);
                Stream<Path> listed = Files.list(files.getPath("/d"))) {
            List<Path> all = listed.toList();
            assertThat(all).hasSize(2);
            assertThat(all.get(0))
                    .isNotEqualTo(all.get(1))
                    .hasToString(all.get(1).toString());
            assertThat(all.get(0).compareTo(all.get(1))).isNegative();
            assertThat(Files.readString(all.get(0))).isEqualTo("2");
            assertThat(Files.readString(all.get(1))).isEqualTo("1");
            assertThat(all.get(1).toUri().toString()).endsWith("#/d/x%FF");
            Files.move(all.get(1), files.getPath("/moved"));
            assertThat(store.get(Key.of("/moved"))).isEqualTo("1".getBytes(UTF_8));
            Files.copy(all.get(0), all.get(1));
            assertThat(store.get(Key.ROOT.child("d").child(odd))).isEqualTo("2".getBytes(UTF_8));
        }
    }

    @Test
    void userAttributesHaveNumbers() throws Exception {
        try (FileSystem files = SampleImages.create("littlefs")) {
            Path a = Files.writeString(files.getPath("/a"), "x");
            UserDefinedFileAttributeView view = Files.getFileAttributeView(a, UserDefinedFileAttributeView.class);
            view.write("0x41", ByteBuffer.wrap("value".getBytes(UTF_8)));
            assertThat(view.list()).containsExactly("0x41");
            assertThat(view.size("65")).isEqualTo(5);
            assertThat((byte[]) Files.getAttribute(a, "user:0x41")).isEqualTo("value".getBytes(UTF_8));
            view.delete("0x41");
            assertThat(view.list()).isEmpty();
            for (String wrong : List.of("0x100", "-1", "comment", "0x41")) {
                assertThatThrownBy(() -> view.size(wrong)).isInstanceOf(FileSystemException.class);
            }
        }
    }

    /** A time goes into the image where somebody sets it; a file that has one gets a new one with new content. */
    @Test
    void timesAreKeptWhereTheImageHasThem() throws Exception {
        KeyValueStore store =
                Morgana.load().at(SampleImages.ADDRESSES.get("littlefs")).create();
        Instant[] now = {Instant.ofEpochSecond(1000)};
        InstantSource clock = () -> now[0];
        try (FileSystem files = MorganaFileSystems.over(store, clock)) {
            Path a = Files.writeString(files.getPath("/a"), "x");
            assertThat(Files.getLastModifiedTime(a).toInstant()).isEqualTo(now[0]);
            assertThat(store.lastModified(Key.of("/a"))).isEmpty();
            Files.setLastModifiedTime(a, FileTime.from(Instant.ofEpochSecond(5)));
            assertThat(store.lastModified(Key.of("/a"))).contains(Instant.ofEpochSecond(5));
            now[0] = Instant.ofEpochSecond(2000);
            Files.writeString(a, "y");
            assertThat(store.lastModified(Key.of("/a"))).contains(now[0]);
            Files.move(a, files.getPath("/b"));
            assertThat(Files.getLastModifiedTime(files.getPath("/b")).toInstant())
                    .isEqualTo(now[0]);
        }
    }

    @Test
    void aWatchTellsOfEveryChange() throws Exception {
        try (FileSystem files = SampleImages.create("littlefs");
                WatchService service = files.newWatchService()) {
            Path d = Files.createDirectory(files.getPath("/d"));
            WatchKey key = d.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            assertThat(service.poll()).isNull();
            Files.writeString(d.resolve("a"), "x");
            Files.move(d.resolve("a"), d.resolve("b"));
            Files.writeString(files.getPath("/elsewhere"), "x");
            assertThat(service.poll(1, TimeUnit.SECONDS)).isSameAs(key);
            assertThat(key.pollEvents().stream().map(ImageFileSystemTest::told))
                    .containsExactly("ENTRY_CREATE a", "ENTRY_MODIFY a", "ENTRY_DELETE a", "ENTRY_CREATE b");
            assertThat(service.poll()).isNull();
            Files.delete(d.resolve("b"));
            assertThat(service.poll()).isNull();
            assertThat(key.reset()).isTrue();
            assertThat(service.take()).isSameAs(key);
            assertThat(key.pollEvents().stream().map(ImageFileSystemTest::told)).containsExactly("ENTRY_DELETE b");
            key.cancel();
            assertThat(key.reset()).isFalse();
        }
    }

    private static String told(WatchEvent<?> event) {
        return event.kind() + " " + event.context();
    }

    @Test
    void filesGoFromImageToImage() throws Exception {
        try (FileSystem one = SampleImages.create("littlefs");
                FileSystem two = SampleImages.create("embedkv")) {
            Path a = Files.writeString(one.getPath("/a"), "x");
            Files.copy(a, two.getPath("/a"));
            Files.move(a, two.getPath("/b"));
            assertThat(FileCases.content(two.getPath("/")))
                    .containsEntry("a", "x")
                    .containsEntry("b", "x");
            assertThat(Files.exists(a)).isFalse();
            assertThatThrownBy(() -> Files.move(two.getPath("/a"), a, StandardCopyOption.ATOMIC_MOVE))
                    .isInstanceOf(java.nio.file.AtomicMoveNotSupportedException.class);
        }
    }

    /** Formats that know keys alone keep empty folders as long as the file system is open. */
    @Test
    void emptyFoldersOfFlatFormatsEndWithTheFileSystem(@TempDir Path folder) throws Exception {
        Path image = folder.resolve("flat");
        Map<String, ?> env = Map.of("create", true, "size", "64KiB");
        try (FileSystem files = FileSystems.newFileSystem(uri(image, "embedkv"), env)) {
            Files.createDirectories(files.getPath("/empty/inner"));
            Files.createDirectories(files.getPath("/full"));
            Files.writeString(files.getPath("/full/a"), "x");
            assertThat(FileCases.content(files.getPath("/"))).containsKeys("empty", "empty/inner", "full/a");
        }
        try (FileSystem files = FileSystems.newFileSystem(image, Map.of("format", "embedkv"))) {
            assertThat(FileCases.content(files.getPath("/"))).containsOnlyKeys("", "full", "full/a");
        }
    }
}
