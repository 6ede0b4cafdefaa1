package dev.morgana.lsm;

import dev.morgana.block.drivers.file.FileDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs in a child with a small heap: does everything that can be done to a file that is far larger. */
final class LargeFile {
    private static final int PIECE = 16384;

    /** Both the old and the new file lie on the flash until the commit, and a part of an older one until it is merged. */
    private static final double ROOM = 2.7;

    private final Path image;
    private final long size;
    private final int pageSize;
    private final Options options;

    private LargeFile(Path image, long size, int pageSize) {
        this.image = image;
        this.size = size;
        this.pageSize = pageSize;
        this.options = Options.none().with(EkvOptions.PAGE_SIZE, (long) pageSize);
    }

    public static void main(String[] arguments) throws IOException {
        long size = Long.parseLong(arguments[1]);
        require(Runtime.getRuntime().maxMemory() <= size / 2, "the heap is larger than half a file");
        new LargeFile(Path.of(arguments[0]), size, Integer.parseInt(arguments[2])).run();
    }

    private static void say(String line) throws IOException {
        new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private void run() throws IOException {
        long pages = (long) (size * ROOM / pageSize);
        try (BlockDevice flash = FileDevice.create(image, new Geometry(4, 4, pageSize, pages, ErasedState.ONES))) {
            EkvFs.format(flash, options);
        }
        say("formatted");
        tree(tree -> {
            tree.set(Key.of("a"), new Bytes(1, size));
            requireContent(tree, "a", new Bytes(1, size));
        });
        say("written and read");
        tree(tree -> {
            tree.set(Key.of("a"), new Bytes(2, size - 5));
            requireContent(tree, "a", new Bytes(2, size - 5));
        });
        say("replaced");
        tree(tree -> {
            tree.rename(Key.of("a"), Key.of("b"), RenameMode.EXACT);
            requireContent(tree, "b", new Bytes(2, size - 5));
        });
        say("moved");
        files(files -> {
            files.append("/b", ByteBuffer.wrap(new Bytes(3, 7000).readAllBytes()));
            files.write("/b", size / 2, ByteBuffer.wrap(new byte[1]));
            files.truncate("/b", size / 4);
            try (InputStream content = Channels.newInputStream(files.open("/b"))) {
                requireEqual(content, new Bytes(2, size / 4));
            }
            files.write("/gap", size, ByteBuffer.wrap(new byte[1]));
            require(files.stat("/gap").size() == size + 1, "the size of a gap");
        });
        say("cut off");
        files(files -> {
            files.deleteFile("/b");
            files.deleteFile("/gap");
        });
        say("deleted");
        tree(tree -> {
            List<String> findings = new ArrayList<>();
            tree.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, finding -> findings.add(finding.toString()));
            require(findings.isEmpty(), findings.toString());
            try (var entries = tree.list(Key.ROOT)) {
                require(entries.findAny().isEmpty(), "a file is left");
            }
        });
        say("done");
    }

    /** What is done to an open store. */
    private interface Use<T> {
        void on(T store) throws IOException;
    }

    private void tree(Use<KeyValueStore> use) throws IOException {
        try (KeyValueStore tree = EkvFs.open(FileDevice.open(image), options).store()) {
            use.on(tree);
        }
    }

    private void files(Use<EkvFs> use) throws IOException {
        try (EkvFs files = EkvFs.open(FileDevice.open(image), options)) {
            use.on(files);
        }
    }

    private static void requireContent(KeyValueStore tree, String key, InputStream expected) throws IOException {
        try (InputStream content = tree.open(Key.of(key))) {
            requireEqual(content, expected);
        }
    }

    private static void requireEqual(InputStream content, InputStream expected) throws IOException {
        for (byte[] wanted = expected.readNBytes(PIECE); wanted.length > 0; wanted = expected.readNBytes(PIECE)) {
            require(Arrays.equals(wanted, content.readNBytes(PIECE)), "the content");
        }
        require(content.read() < 0, "the end");
    }

    /** Bytes that follow from a seed and their place. */
    private static final class Bytes extends InputStream {
        private final long seed;
        private final long size;
        private long position;

        Bytes(long seed, long size) {
            this.seed = seed;
            this.size = size;
        }

        @Override
        public int read() {
            if (position == size) {
                return -1;
            }
            long mixed = (position++ + seed) * 0x9e3779b97f4a7c15L;
            return (int) (mixed >>> 56);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == size && length > 0) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (byte) read();
            }
            return count;
        }
    }
}
