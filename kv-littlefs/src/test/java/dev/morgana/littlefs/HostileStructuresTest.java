package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images whose checksums are right and whose structures are nonsense: circles in thread and tree, pointers to anywhere, absurd
 * sizes, ids and splices. Reading and every tool must come to an end, with a value or an error that has a place.
 */
@Campaign
class HostileStructuresTest {
    private static final int BLOCK_SIZE = 256;
    private static final int BLOCKS = 12;
    private static final int DEPTH_MAX = 5;

    private enum Outcome {
        MOUNTED,
        READ,
        REFUSED_AT_MOUNT,
        REFUSED_LATER
    }

    @ParameterizedTest
    @CsvSource({"LITTLEFS, 1", "LITTLEFS, 2", "CHAMELON, 3"})
    void comeToAnEnd(LittleFsDialect dialect, long seed) throws Exception {
        Random random = new Random(seed);
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        Options options = Options.none()
                .with(CommonOptions.READ_ONLY, true)
                .with(LittleFsOptions.DIALECT, dialect)
                .with(LittleFsOptions.BLOCK_SIZE, (long) BLOCK_SIZE);
        for (int round = 0; round < 3000; round++) {
            byte[] image = image(random, dialect == LittleFsDialect.CHAMELON);
            read(image, options, outcomes);
            useTools(image, options);
        }
        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrder(
                        Outcome.MOUNTED, Outcome.READ, Outcome.REFUSED_AT_MOUNT, Outcome.REFUSED_LATER);
    }

    private static void read(byte[] image, Options options, Map<Outcome, Integer> outcomes) throws StoreException {
        boolean mounted = false;
        try (KeyValueStore store = Stores.open(TestImage.device(image), options)) {
            mounted = true;
            outcomes.merge(Outcome.MOUNTED, 1, Integer::sum);
            read(store, Key.ROOT, 0);
            store.totalSize(Key.ROOT);
            outcomes.merge(Outcome.READ, 1, Integer::sum);
        } catch (CorruptStoreException e) {
            assertThat(e.position().structure()).isNotEmpty();
            outcomes.merge(mounted ? Outcome.REFUSED_LATER : Outcome.REFUSED_AT_MOUNT, 1, Integer::sum);
        }
    }

    private static void read(KeyValueStore store, Key key, int depth) throws StoreException {
        for (Entry entry : store.list(key).toList()) {
            if (entry.kind() == Kind.VALUE) {
                assertThat(store.get(entry.key())).hasSize((int) store.size(entry.key()));
                store.lastModified(entry.key());
                readHistory(store, entry.key());
            } else if (depth < DEPTH_MAX) {
                read(store, entry.key(), depth + 1);
            }
        }
        readHistory(store, key.child(new byte[] {'z'}));
    }

    private static void readHistory(KeyValueStore store, Key key) throws StoreException {
        for (History.Version version : store.facet(History.class).orElseThrow().versions(key)) {
            if (version.current()) {
                assertThat(version.size()).hasValue(store.size(key));
            }
        }
    }

    private static void useTools(byte[] image, Options options) throws StoreException {
        try (Inspection inspection = LittleFs.inspect(TestImage.device(image), options)) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, finding -> {
                assertThat(finding.expected()).isNotEmpty();
                assertThat(finding.found()).isNotEmpty();
            });
            inspection.facet(Dump.class).orElseThrow().dump(block -> true, structure -> {});
            inspection.facet(Wear.class).orElseThrow().wear(wear -> {});
            inspection.facet(Usage.class).orElseThrow().usage();
        } catch (CorruptStoreException e) {
            assertThat(e.nativeCode()).contains("CORRUPT");
        }
    }

    private static byte[] image(Random random, boolean chamelon) {
        byte[] image = new byte[BLOCK_SIZE * BLOCKS];
        Arrays.fill(image, (byte) (chamelon ? 0 : 0xff));
        for (int block = 0; block < BLOCKS; block++) {
            if (random.nextInt(4) > 0 || block == 0) {
                TestLog log = new TestLog(random.nextInt(4));
                if (block < 2) {
                    int version = chamelon ? 0x00020000 : 0x00020001;
                    log.superblock(new Superblock(version, BLOCK_SIZE, BLOCKS, 255, 0, 0));
                }
                int commits = 1 + random.nextInt(3);
                for (int commit = 0; commit < commits; commit++) {
                    randomCommit(log, random);
                }
                byte[] bytes = log.bytes();
                System.arraycopy(bytes, 0, image, block * BLOCK_SIZE, Math.min(bytes.length, BLOCK_SIZE));
            }
        }
        return image;
    }

    private static void randomCommit(TestLog log, Random random) {
        int tags = random.nextInt(6);
        for (int i = 0; i < tags && log.size() < BLOCK_SIZE - 60; i++) {
            randomTag(log, random);
        }
        log.commit();
    }

    private static void randomTag(TestLog log, Random random) {
        int id = random.nextInt(20) == 0 ? random.nextInt(0x3ff) : 1 + random.nextInt(4);
        switch (random.nextInt(12)) {
            case 0, 1 ->
                named(
                        log,
                        random,
                        TagType.FILE_NAME,
                        id,
                        TagType.CTZ_STRUCT,
                        head(random).encode());
            case 2, 3 ->
                named(
                        log,
                        random,
                        TagType.DIRECTORY_NAME,
                        id,
                        TagType.DIRECTORY_STRUCT,
                        pair(random).encode());
            case 4 -> named(log, random, TagType.FILE_NAME, id, TagType.INLINE_STRUCT, new byte[random.nextInt(9)]);
            case 5 -> log.tag(TagType.HARD_TAIL.code(), Tag.NO_ID, pair(random).encode());
            case 6 -> log.tag(TagType.SOFT_TAIL.code(), Tag.NO_ID, pair(random).encode());
            case 7 -> log.tag(TagType.DELETE.code(), id, new byte[0]);
            case 8 -> log.tag(TagType.CREATE.code(), id, new byte[0]);
            case 9 -> log.tag(TagType.MOVE_STATE.code(), Tag.NO_ID, move(random).encode());
            case 10 -> log.tag(0x374, id, new byte[new int[] {0, 4, 8, 12}[random.nextInt(4)]]);
            default -> log.tag(random.nextInt(0x500), id, new byte[random.nextInt(13)]);
        }
    }

    private static void named(TestLog log, Random random, TagType name, int id, TagType struct, byte[] data) {
        List<String> names = List.of("a", "b", "ab", "c", "", "x/y", ".", "..");
        log.tag(name.code(), id, names.get(random.nextInt(names.size())).getBytes(StandardCharsets.US_ASCII));
        log.tag(struct.code(), id, random.nextInt(10) == 0 ? new byte[random.nextInt(8)] : data);
    }

    private static CtzHead head(Random random) {
        long size = switch (random.nextInt(5)) {
            case 0 -> random.nextInt();
            case 1 -> 0;
            default -> random.nextInt(BLOCK_SIZE * BLOCKS);
        };
        return new CtzHead(block(random), size & 0xffffffffL);
    }

    private static BlockPair pair(Random random) {
        return new BlockPair(block(random), block(random));
    }

    private static MoveState move(Random random) {
        return new MoveState(0x4ff00000 | random.nextInt(4) << 10 | random.nextInt(2) << 31, pair(random));
    }

    private static long block(Random random) {
        return random.nextInt(12) == 0 ? random.nextInt() & 0xffffffffL : random.nextInt(BLOCKS);
    }
}
