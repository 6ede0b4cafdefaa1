package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What other writers leave behind: the flag for orphans where there is none, which littlefs-fuse leaves at a clean unmount, and
 * pairs on the thread that no directory has. The images are made by hand.
 */
class LeftoverTest {
    private static final int BLOCK_SIZE = 256;
    private static final int BLOCKS = 16;
    private static final BlockPair NEXT = new BlockPair(2, 3);
    private static final BlockPair DIRECTORY = new BlockPair(4, 5);

    private byte[] image = new byte[BLOCKS * BLOCK_SIZE];

    private LeftoverTest() {
        Arrays.fill(image, (byte) 0xff);
        put(1, superblock(0));
    }

    private static TestLog superblock(int revision) {
        return new TestLog(revision)
                .superblock(new Superblock(0x00020001, BLOCK_SIZE, BLOCKS, 255, Integer.MAX_VALUE, 1022));
    }

    private static TestLog root() {
        return superblock(1);
    }

    private static TestLog withFlag(TestLog log) {
        return log.tag(TagType.MOVE_STATE.code(), Tag.NO_ID, new MoveState(1 << 31, new BlockPair(0, 0)).encode());
    }

    private static TestLog withTail(TestLog log, BlockPair next) {
        return log.tag(TagType.SOFT_TAIL.code(), Tag.NO_ID, next.encode());
    }

    private static TestLog withDirectory(TestLog log, String name, BlockPair first) {
        return log.tag(TagType.CREATE.code(), 1, new byte[0])
                .tag(TagType.DIRECTORY_NAME.code(), 1, name.getBytes(StandardCharsets.US_ASCII))
                .tag(TagType.DIRECTORY_STRUCT.code(), 1, first.encode());
    }

    private static TestLog file(String name) {
        return new TestLog(1)
                .tag(TagType.CREATE.code(), 0, new byte[0])
                .tag(TagType.FILE_NAME.code(), 0, name.getBytes(StandardCharsets.US_ASCII))
                .tag(TagType.INLINE_STRUCT.code(), 0, new byte[] {1, 2, 3});
    }

    private final void put(int block, TestLog log) {
        byte[] bytes = log.commit().bytes();
        System.arraycopy(bytes, 0, image, block * BLOCK_SIZE, bytes.length);
    }

    private List<Finding> check() throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = LittleFs.inspect(TestImage.device(image), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        return findings;
    }

    /** Gives the number of steps; nothing is beyond repair. */
    private int repair() throws Exception {
        RamDevice device = TestImage.device(image);
        List<Repair.Action> planned = new ArrayList<>();
        List<Repair.Action> done = new ArrayList<>();
        try (KeyValueStore store = Stores.open(device, Options.none())) {
            Repair repair = store.facet(Repair.class).orElseThrow();
            assertThat(repair.repair(true, planned::add)).isEmpty();
            assertThat(repair.repair(false, done::add)).isEmpty();
        }
        image = device.image();
        assertThat(done).isEqualTo(planned);
        return done.size();
    }

    @Test
    void aFlagWithoutAnOrphanIsANote() throws Exception {
        put(0, withFlag(root()));
        assertThat(check())
                .extracting(Finding::rule, Finding::severity, Finding::repairable)
                .containsExactly(tuple("pending-orphans", Severity.INFO, true));
        assertThat(repair()).isEqualTo(1);
        assertThat(check()).isEmpty();
    }

    @Test
    void aFlagWithoutAnOrphanGoesWithTheNextChange() throws Exception {
        put(0, withFlag(root()));
        RamDevice device = TestImage.device(image);
        try (KeyValueStore store = Stores.open(device, Options.none())) {
            store.set(Key.of("a"), new byte[] {1});
        }
        image = device.image();
        assertThat(check()).isEmpty();
    }

    /** The C implementation looks for orphans only where there is the flag, so a change leaves this one. */
    @Test
    void anOrphanWithoutTheFlagIsClearedByARepair() throws Exception {
        put(0, withTail(withDirectory(root(), "d", DIRECTORY), NEXT));
        put(2, withTail(new TestLog(1), DIRECTORY));
        put(4, file("kept"));
        assertThat(check())
                .extracting(Finding::rule, Finding::severity, Finding::repairable)
                .containsExactly(tuple("orphaned-pair", Severity.WARNING, true));

        assertThat(repair()).isEqualTo(1);

        assertThat(check()).isEmpty();
        try (KeyValueStore store = Stores.open(TestImage.device(image), Options.none())) {
            assertThat(store.get(Key.of("d/kept"))).containsExactly(1, 2, 3);
        }
    }

    /** What only the unreadable directory names is an orphan in appearance alone: no change removes it, and a repair keeps it. */
    @Test
    void noOrphanIsGivenUpWhereADirectoryCannotBeRead() throws Exception {
        put(0, withTail(withDirectory(withFlag(root()), "d", DIRECTORY), NEXT));
        put(2, file("perhaps-below-d"));
        byte[] before = image.clone();
        RamDevice device = TestImage.device(image);
        try (KeyValueStore store = Stores.open(device, Options.none())) {
            assertThatThrownBy(() -> store.set(Key.of("a"), new byte[] {1}))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("block 4 or 5");
            assertThat(device.image()).isEqualTo(before);
            List<Repair.Action> actions = new ArrayList<>();
            assertThat(store.facet(Repair.class).orElseThrow().repair(false, actions::add))
                    .isEmpty();
            assertThat(actions).extracting(Repair.Action::lost).contains("entries of /d/");
            assertThat(store.get(Key.of("lost+found/directory-2/perhaps-below-d")))
                    .containsExactly(1, 2, 3);
            assertThat(store.list(Key.of("d"))).isEmpty();
            store.set(Key.of("a"), new byte[] {1});
        }
    }

    /** An orphan that holds something was no directory that somebody was about to remove. */
    @Test
    void aLostDirectoryGoesToLostAndFound() throws Exception {
        put(0, withTail(root(), NEXT));
        put(2, file("kept"));
        assertThat(repair()).isPositive();
        assertThat(check()).isEmpty();
        try (KeyValueStore store = Stores.open(TestImage.device(image), Options.none())) {
            assertThat(store.get(Key.of("lost+found/directory-2/kept"))).containsExactly(1, 2, 3);
        }
        assertThat(repair()).isZero();
    }

    @Test
    void aDirectoryThatCannotBeReadIsNotOpened() throws Exception {
        for (BlockPair pair : List.of(DIRECTORY, new BlockPair(0x98fb7d37L, 9))) {
            put(0, withDirectory(root(), "d", pair));
            try (LittleFs files = LittleFs.mount(TestImage.device(image), Options.none())) {
                assertThatThrownBy(() -> files.openDirectory(LittleFsPath.of("d")))
                        .isInstanceOfSatisfying(
                                CorruptStoreException.class,
                                e -> assertThat(e.nativeCode()).contains("CORRUPT"));
            }
        }
    }
}
