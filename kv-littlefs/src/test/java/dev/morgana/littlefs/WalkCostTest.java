package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operation follows its key once: without memory for decoded metadata, a level more costs it the same reads of the device as
 * it costs {@code get}, for each key that it is given, and everything else that it reads does not depend on the depth.
 */
class WalkCostTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 512, 256, ErasedState.ONES);
    /** Not in the root, where nothing was made that needs a block, so that the map of free blocks is not there yet. */
    private static final int SHALLOWEST = 2;

    private static final int DEEPEST = 16;
    private static final byte[] VALUE = {1, 2, 3};

    private interface Work {
        void on(LittleFs files, Key directory) throws Exception;
    }

    /** What is done, and how many keys it is given. */
    enum Operation {
        GET(1, (files, in) -> files.store().get(in.child("there"))),
        KIND(1, (files, in) -> files.store().kind(in.child("there"))),
        CREATE(1, (files, in) -> files.store().set(in.child("new"), VALUE)),
        CREATE_WITH_PARENTS(
                1, (files, in) -> files.store().set(in.child("p").child("q").child("new"), VALUE)),
        REPLACE(1, (files, in) -> files.store().set(in.child("there"), VALUE)),
        ALLOCATE(1, (files, in) -> files.store().allocate(in.child("new"), 3)),
        WRITE(1, (files, in) -> files.store().write(in.child("there"), 0, ByteBuffer.wrap(VALUE), BeyondEnd.REFUSE)),
        REMOVE(1, (files, in) -> files.store().remove(in.child("there"))),
        RENAME(2, (files, in) -> files.store().rename(in.child("there"), in.child("new"), RenameMode.EXACT)),
        REPLACE_BY_RENAME(
                2, (files, in) -> files.store().rename(in.child("there"), in.child("other"), RenameMode.EXACT)),
        STAT_PATH(1, (files, in) -> files.stat(path(in.child("there")))),
        MAKE_DIRECTORY_PATH(1, (files, in) -> files.makeDirectory(path(in.child("new")))),
        CREATE_PATH(1, (files, in) -> files.open(path(in.child("new")), Set.of(OpenFlag.WRONLY, OpenFlag.CREAT))),
        REMOVE_PATH(1, (files, in) -> files.remove(path(in.child("there")))),
        RENAME_PATH(2, (files, in) -> files.rename(path(in.child("there")), path(in.child("new")))),
        ATTRIBUTE_PATH(1, (files, in) -> files.setAttribute(path(in.child("there")), 1, VALUE));

        private final int keys;
        private final Work work;

        Operation(int keys, Work work) {
            this.keys = keys;
            this.work = work;
        }
    }

    private static LittleFsPath path(Key key) {
        return LittleFsPath.ofBytes(key.toBytes());
    }

    /** The reads before the first write of an operation whose key has this many names. */
    private static int reads(Operation operation, int depth) throws Exception {
        ReadsBeforeWriting device = new ReadsBeforeWriting(RamDevice.erased(GEOMETRY));
        Options options = Options.none().with(LittleFsOptions.METADATA_CACHE_BYTES, 0L);
        LittleFs.format(device, options);
        try (LittleFs files = LittleFs.mount(device, options)) {
            Key directory = directory(depth - 1);
            files.store().set(directory.child("there"), new byte[] {9});
            files.store().set(directory.child("other"), new byte[] {8});
            device.restart();
            operation.work.on(files, directory);
            return device.count();
        }
    }

    private static Key directory(int depth) {
        Key key = Key.ROOT;
        for (int i = 0; i < depth; i++) {
            key = key.child("d" + i);
        }
        return key;
    }

    @ParameterizedTest
    @EnumSource
    void aLevelCostsWhatItCostsToFollowTheKey(Operation operation) throws Exception {
        int levels = DEEPEST - SHALLOWEST;
        int level = (reads(Operation.GET, DEEPEST) - reads(Operation.GET, SHALLOWEST)) / levels;
        assertThat(reads(operation, DEEPEST) - reads(operation, SHALLOWEST)).isEqualTo(level * operation.keys * levels);
    }
}
