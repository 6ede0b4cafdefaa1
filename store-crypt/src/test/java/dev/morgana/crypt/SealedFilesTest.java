package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open values of an encrypted tree, beyond what the contract asks: large ones, whose changes do not fit into memory. */
@Campaign
class SealedFilesTest {
    private static final Key KEY = Key.of("d/large");
    private static final Set<StandardOpenOption> BOTH = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final int SEGMENT = 4096;
    private static final int IN_MEMORY = 256 * SEGMENT;

    private final RamDevice device = RamDevice.erased(new Geometry(16, 64, 4096, 2048, ErasedState.ONES));
    private final EncryptedProvider format = new EncryptedProvider(new LittleFsProvider());

    private KeyValueStore create() throws IOException {
        List<BlockDevice> devices = List.of(device);
        Options options = EncryptedProvider.options(Options.none());
        format.format(devices, options);
        KeyValueStore store = (KeyValueStore) format.open(devices, options);
        store.set(KEY, new byte[0]);
        return store;
    }

    private static FileHandle open(KeyValueStore store) throws IOException {
        return store.facet(FileHandles.class).orElseThrow().open(KEY, BOTH);
    }

    /** A value as an array, with what the handle is asked to do. */
    private static final class Model {
        private byte[] bytes = {};

        void write(int position, byte[] part) {
            if (part.length > 0) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length, position + part.length));
                System.arraycopy(part, 0, bytes, position, part.length);
            }
        }

        void truncate(int size) {
            bytes = Arrays.copyOf(bytes, Math.min(size, bytes.length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void behavesAsAnArray(int seed) throws IOException {
        Random random = new Random(seed);
        Model model = new Model();
        try (KeyValueStore store = create();
                FileHandle handle = open(store)) {
            byte[] start = new byte[IN_MEMORY + 5 * SEGMENT + 7];
            random.nextBytes(start);
            handle.write(ByteBuffer.wrap(start));
            model.write(0, start);
            for (int step = 0; step < 400; step++) {
                int size = model.bytes.length;
                switch (random.nextInt(12)) {
                    case 0 -> {
                        int cut = size - random.nextInt(10 * SEGMENT);
                        handle.truncate(cut);
                        model.truncate(cut);
                    }
                    case 1 -> {
                        handle.sync();
                        assertThat(store.get(KEY)).isEqualTo(model.bytes);
                    }
                    case 2, 3 -> {
                        int position = random.nextInt(size + 1);
                        ByteBuffer part = ByteBuffer.allocate(random.nextInt(3 * SEGMENT));
                        handle.position(position);
                        int count = Math.max(0, handle.read(part));
                        assertThat(Arrays.copyOf(part.array(), count))
                                .isEqualTo(Arrays.copyOfRange(
                                        model.bytes, position, Math.min(size, position + part.capacity())));
                    }
                    default -> {
                        int position = Math.min(random.nextInt(size + 2 * SEGMENT), 2 * IN_MEMORY);
                        byte[] part = new byte[random.nextInt(8 * SEGMENT)];
                        random.nextBytes(part);
                        handle.position(position);
                        handle.write(ByteBuffer.wrap(part));
                        model.write(position, part);
                    }
                }
                assertThat(handle.size()).as("after step %s", step).isEqualTo(model.bytes.length);
            }
            handle.close();
            assertThat(store.get(KEY)).isEqualTo(model.bytes);
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryIsNowhereInTheClear() throws IOException {
        byte[] telltale = "telltale".repeat(SEGMENT / 8).getBytes(StandardCharsets.US_ASCII);
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "this system does not show files that have no name");
        try (KeyValueStore store = create();
                FileHandle handle = open(store)) {
            for (int i = 0; i < 400; i++) {
                handle.write(ByteBuffer.wrap(telltale));
            }
            handle.position(300L * SEGMENT);
            ByteBuffer part = ByteBuffer.allocate(SEGMENT);
            handle.read(part);
            assertThat(part.array()).isEqualTo(telltale);
            int files = 0;
            try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
                for (Path file : open) {
                    if (isScratch(file)) {
                        files++;
                        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .doesNotContain("telltale");
                    }
                }
            }
            assertThat(files).isPositive();
            assertThat(store.get(KEY)).as("until it is published").isEmpty();
            store.flush();
            assertThat(store.get(KEY)).hasSize(400 * SEGMENT).startsWith(telltale);
        }
    }

    private static boolean isScratch(Path descriptor) throws IOException {
        return Files.isSymbolicLink(descriptor)
                && Files.readSymbolicLink(descriptor).getFileName().toString().matches("morgana.*\\.tmp \\(deleted\\)");
    }

    @Test
    void storeThatClosesEndsItsHandles() throws IOException {
        KeyValueStore store = create();
        FileHandle handle = open(store);
        handle.write(ByteBuffer.allocate(10));
        store.close();
        assertThat(handle.isOpen()).isFalse();
        assertThatThrownBy(handle::size).isInstanceOf(ClosedChannelException.class);
        handle.close();
    }

    private static byte[] bytes(FileHandle handle) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) handle.size());
        handle.position(0);
        handle.read(all);
        return all.array();
    }

    /** A value that another one replaces takes with it what the handle did not have yet; nothing is mixed, and nothing invented. */
    @Test
    void valueThatIsReplacedUnderItsHandle() throws IOException {
        try (KeyValueStore store = create()) {
            store.set(KEY, new byte[] {1, 1, 1});
            FileHandle reader = open(store);
            FileHandle writer = open(store);
            FileHandle truncating = store.facet(FileHandles.class)
                    .orElseThrow()
                    .open(KEY, Set.of(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
            assertThat(bytes(reader)).containsExactly(1, 1, 1);
            writer.write(ByteBuffer.wrap(new byte[] {7}));
            truncating.write(ByteBuffer.wrap(new byte[] {9}));
            store.set(KEY, new byte[] {2, 2, 2, 2});
            assertThatThrownBy(() -> bytes(reader)).hasMessageContaining("replaced by another one");
            assertThatThrownBy(writer::sync).hasMessageContaining("replaced by another one");
            assertThat(store.get(KEY)).containsExactly(2, 2, 2, 2);
            assertThatThrownBy(store::flush).hasMessageContaining("replaced by another one");
            assertThat(store.get(KEY))
                    .as("which does not keep the others from it")
                    .containsExactly(9);
            assertThatThrownBy(writer::close).hasMessageContaining("replaced by another one");
            reader.close();
            truncating.close();
            assertThat(store.get(KEY)).containsExactly(9);
        }
    }

    @Test
    void valueThatIsRemovedStaysSo() throws IOException {
        try (KeyValueStore store = create()) {
            store.set(KEY, new byte[] {1, 1, 1});
            FileHandle writer = open(store);
            writer.write(ByteBuffer.wrap(new byte[] {7}));
            store.remove(Key.of("d"));
            store.flush();
            writer.sync();
            writer.close();
            assertThat(store.kind(KEY)).isEmpty();
        }
    }

    @Test
    void rotationDoesNotDisturbHandles() throws IOException {
        try (KeyValueStore store = create()) {
            store.set(KEY, new byte[] {1, 1, 1});
            FileHandle handle = open(store);
            store.facet(KeyRotation.class).orElseThrow().rotate();
            handle.position(3);
            handle.write(ByteBuffer.wrap(new byte[] {7}));
            assertThat(bytes(handle)).containsExactly(1, 1, 1, 7);
            handle.close();
            assertThat(store.get(KEY)).containsExactly(1, 1, 1, 7);
        }
    }
}
