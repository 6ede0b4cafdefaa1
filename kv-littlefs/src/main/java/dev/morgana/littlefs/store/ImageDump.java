package dev.morgana.littlefs.store;

import dev.morgana.littlefs.exam.BlockMap;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Decodes blocks: metadata tag by tag, blocks of files with their pointers. */
final class ImageDump implements Dump {
    private final Blocks blocks;
    private final Settings settings;
    private final StoreLife life;

    ImageDump(Blocks blocks, Settings settings, StoreLife life) {
        this.blocks = blocks;
        this.settings = settings;
        this.life = life;
    }

    @Override
    public void dump(LongPredicate wanted, Consumer<Structure> structures) throws StoreException {
        life.reading(() -> {
            Run run = new Run(BlockMap.of(blocks, settings), wanted, structures);
            run.dump();
            return true;
        });
    }

    /** A block of a file. */
    private record FileBlock(BlockMap.OwnedFile file, long index) {}

    /** One dump. */
    private final class Run {
        private final Volume volume;
        private final CtzLayout layout;
        private final LongPredicate wanted;
        private final Consumer<Structure> structures;
        private final LogDump logs;
        private final Map<Long, String> metadata = new HashMap<>();
        private final Map<Long, FileBlock> data = new HashMap<>();

        Run(BlockMap map, LongPredicate wanted, Consumer<Structure> structures) throws StoreException {
            this.volume = map.volume();
            this.layout = volume.ctzLayout();
            this.wanted = wanted;
            this.structures = structures;
            this.logs = new LogDump(blocks, settings.dialect(), structures);
            for (BlockPair pair : map.pairs()) {
                metadata.put(pair.first(), "active block of " + pair);
                metadata.put(pair.second(), "other block of " + pair);
            }
            for (BlockMap.OwnedFile file : map.files()) {
                addBlocks(file);
            }
        }

        /** Notes the blocks of a file, as far as its pointers lead. */
        private void addBlocks(BlockMap.OwnedFile file) throws StoreException {
            try {
                FileBlocks walk = new FileBlocks(volume.blocks(), layout, file.head(), file.where());
                while (walk.previous()) {
                    if (wanted.test(walk.block())) {
                        data.putIfAbsent(walk.block(), new FileBlock(file, walk.index()));
                    }
                }
            } catch (CorruptStoreException | BadBlockException e) {
                // What cannot be reached is not dumped as part of the file; the check tells why.
            }
        }

        void dump() throws StoreException {
            for (long block = 0; block < blocks.count(); block++) {
                if (!wanted.test(block)) {
                    continue;
                }
                FileBlock file = data.get(block);
                if (metadata.containsKey(block) || block <= 1) {
                    logs.dump(block, metadata.getOrDefault(block, "superblock pair"));
                } else if (file != null) {
                    dumpFileBlock(block, file);
                } else {
                    logs.dumpIfUsable(block, "not in use");
                }
            }
        }

        private void dumpFileBlock(long block, FileBlock file) throws StoreException {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("file", file.file().name().toString());
            fields.put("index", Long.toString(file.index()));
            StringJoiner pointers = new StringJoiner(" ");
            boolean valid = true;
            for (int number = 0; number < layout.pointers(file.index()); number++) {
                long target = pointer(block, number);
                pointers.add(Long.toString(target));
                valid &= target < volume.blocks().count();
            }
            fields.put("pointers", pointers.toString());
            long start = layout.startOf(file.index());
            fields.put("position", Long.toString(start));
            long end = Math.min(file.file().head().size(), layout.startOf(file.index() + 1));
            fields.put("bytes", Long.toString(end - start));
            structures.accept(new Structure(blocks.position(block, 0, "file block"), blocks.size(), 0, fields, valid));
        }

        private long pointer(long block, int number) throws StoreException {
            try {
                return FileBlocks.pointer(blocks, block, number);
            } catch (BadBlockException e) {
                return BlockPair.NO_BLOCK;
            }
        }
    }
}
