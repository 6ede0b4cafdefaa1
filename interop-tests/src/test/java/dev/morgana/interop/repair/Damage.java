package dev.morgana.interop.repair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A kind of damage. */
enum Damage {
    THREAD_CUT(pair((surgeon, pair) -> surgeon.tail(pair, null, false))),
    THREAD_TO_ITSELF(pair((surgeon, pair) -> surgeon.tail(pair, pair.blocks(), false))),
    THREAD_TO_THE_ROOT(pair((surgeon, pair) -> surgeon.tail(pair, BlockPair.SUPERBLOCK, false))),
    THREAD_BACK(pair((surgeon, pair) ->
            surgeon.tail(pair, surgeon.any(surgeon.pairs()).orElseThrow().blocks(), false))),
    THREAD_BEYOND_THE_DEVICE(
            pair((surgeon, pair) -> surgeon.tail(pair, new BlockPair(surgeon.blockCount(), 1_000_000), false))),
    THREAD_TO_DATA(pair((surgeon, pair) -> surgeon.any(surgeon.files(1))
            .map(file -> surgeon.tail(
                    pair,
                    new BlockPair(Surgeon.head(file).head(), Surgeon.head(file).head() == 2 ? 3 : 2),
                    false))
            .orElse(false))),
    THREAD_TO_HALF_A_PAIR(pair((surgeon, pair) -> surgeon.any(surgeon.others())
            .map(other -> surgeon.tail(pair, new BlockPair(other.blocks().first(), surgeon.blockCount() - 1), false))
            .orElse(false))),
    HARD_TAIL_MADE_SOFT(pair((surgeon, pair) ->
            pair.state().isSplit() && surgeon.tail(pair, pair.state().tail().pair(), false))),
    SOFT_TAIL_MADE_HARD(pair((surgeon, pair) -> pair.state().tail() != null
            && !pair.state().isSplit()
            && surgeon.tail(pair, pair.state().tail().pair(), true))),
    HARD_TAIL_TO_ITSELF(pair((surgeon, pair) -> surgeon.tail(pair, pair.blocks(), true))),
    HARD_TAIL_TO_ANOTHER_DIRECTORY(pair((surgeon, pair) ->
            surgeon.tail(pair, surgeon.any(surgeon.pairs()).orElseThrow().blocks(), true))),

    FLAG_FOR_ORPHANS(pair((surgeon, pair) ->
            surgeon.rewrite(pair, pair.state().entries(), pair.state().tail(), MoveState.NONE.withOrphans(true)))),
    MOVE_OF_NO_ENTRY(pair((surgeon, pair) -> surgeon.rewrite(
            pair, pair.state().entries(), pair.state().tail(), MoveState.NONE.withMove(pair.blocks(), 200)))),
    MOVE_OF_NO_PAIR(pair((surgeon, pair) -> surgeon.rewrite(
            pair,
            pair.state().entries(),
            pair.state().tail(),
            MoveState.NONE.withMove(new BlockPair(surgeon.blockCount() - 1, surgeon.blockCount() - 2), 0)))),
    MOVE_OF_THE_SUPERBLOCK(pair((surgeon, pair) -> surgeon.rewrite(
            pair, pair.state().entries(), pair.state().tail(), MoveState.NONE.withMove(BlockPair.SUPERBLOCK, 0)))),

    DIRECTORY_BEYOND_THE_DEVICE(directory((surgeon, spot) ->
            surgeon.struct(spot, new EntryStruct.Directory(new BlockPair(1_000_000, surgeon.blockCount()))))),
    DIRECTORY_OF_NOTHING(directory((surgeon, spot) -> surgeon.struct(
            spot, new EntryStruct.Directory(new BlockPair(surgeon.blockCount() - 1, surgeon.blockCount() - 2))))),
    DIRECTORY_OF_NO_BLOCK(
            directory((surgeon, spot) -> surgeon.struct(spot, new EntryStruct.Directory(BlockPair.NONE)))),
    DIRECTORY_IS_THE_ROOT(
            directory((surgeon, spot) -> surgeon.struct(spot, new EntryStruct.Directory(BlockPair.SUPERBLOCK)))),
    DIRECTORY_IS_ITS_PARENT(directory((surgeon, spot) ->
            surgeon.struct(spot, new EntryStruct.Directory(spot.pair().blocks())))),
    DIRECTORY_TWICE(directory((surgeon, spot) -> surgeon.struct(
            spot, surgeon.any(surgeon.entries(true)).orElseThrow().entry().struct()))),
    DIRECTORY_WITH_CONTENT(directory(
            (surgeon, spot) -> surgeon.struct(spot, new EntryStruct.Inline(new byte[] {1, 2, 3})))),
    DIRECTORY_WITH_BLOCKS(directory((surgeon, spot) -> surgeon.any(surgeon.files(1))
            .map(file -> surgeon.struct(spot, file.entry().struct()))
            .orElse(false))),
    DIRECTORY_WITHOUT_STRUCT(directory((surgeon, spot) -> surgeon.struct(spot, null))),
    DIRECTORY_NAMED_A_FILE(directory((surgeon, spot) -> surgeon.replace(
            spot, spot.entry().withName(TagType.FILE_NAME.code(), spot.entry().name(), 0)))),
    DIRECTORY_GONE(directory((surgeon, spot) -> without(surgeon, spot))),

    FILE_WITHOUT_STRUCT(file((surgeon, spot) -> surgeon.struct(spot, null))),
    FILE_WITH_UNKNOWN_STRUCT(file((surgeon, spot) ->
            surgeon.struct(spot, new EntryStruct.Unknown(0x27f, new byte[] {1, 2})))),
    FILE_WITH_A_DIRECTORY(file((surgeon, spot) -> surgeon.any(surgeon.entries(true))
            .map(other -> surgeon.struct(spot, other.entry().struct()))
            .orElse(false))),
    FILE_NAMED_A_DIRECTORY(file((surgeon, spot) -> surgeon.replace(
            spot,
            spot.entry().withName(TagType.DIRECTORY_NAME.code(), spot.entry().name(), 0)))),
    FILE_WITHOUT_NAME(file(
            (surgeon, spot) -> surgeon.replace(spot, spot.entry().withName(MetadataEntry.NO_NAME, FileName.EMPTY, 0)))),
    FILE_NAMED_LIKE_ANOTHER(file((surgeon, spot) -> named(
            surgeon,
            spot,
            surgeon.any(surgeon.entries(false)).orElseThrow().entry().name()))),
    FILE_OUT_OF_ORDER(file((surgeon, spot) ->
            named(surgeon, spot, new FileName(new byte[] {(byte) (surgeon.random.nextBoolean() ? 1 : 126), 'x'})))),
    FILE_OF_SHORT_STRUCT(file((surgeon, spot) -> surgeon.log(
            spot.pair(), plus(spot.pair(), change(TagType.CTZ_STRUCT.code(), spot.id(), new byte[] {1, 2, 3}))))),

    BLOCKS_BEYOND_THE_DEVICE(blocks(1, (surgeon, spot) -> head(surgeon, spot, surgeon.blockCount() + 5, 0))),
    BLOCKS_OF_NO_NUMBER(blocks(1, (surgeon, spot) -> head(surgeon, spot, BlockPair.NO_BLOCK, 0))),
    BLOCKS_ARE_METADATA(blocks(
            1,
            (surgeon, spot) -> head(
                    surgeon,
                    spot,
                    surgeon.any(surgeon.pairs()).orElseThrow().blocks().first(),
                    0))),
    BLOCKS_OF_ANOTHER_FILE(blocks(
            1,
            (surgeon, spot) -> surgeon.struct(
                    spot, surgeon.any(surgeon.files(1)).orElseThrow().entry().struct()))),
    SIZE_BEYOND_THE_DEVICE(blocks(1, (surgeon, spot) -> head(surgeon, spot, -1, Integer.MAX_VALUE))),
    SIZE_OF_A_BLOCK_MORE(blocks(
            1, (surgeon, spot) -> head(surgeon, spot, -1, Surgeon.head(spot).size() + surgeon.blockSize))),
    SIZE_OF_A_BLOCK_LESS(blocks(
            2, (surgeon, spot) -> head(surgeon, spot, -1, Surgeon.head(spot).size() - surgeon.blockSize + 8))),
    POINTER_BEYOND_THE_DEVICE(pointer(0, (surgeon, block) -> surgeon.blockCount() + 1)),
    POINTER_TO_ITSELF(pointer(0, (surgeon, block) -> block)),
    POINTER_TO_METADATA(pointer(0, (surgeon, block) -> 1L)),
    POINTER_TO_ANOTHER_FILE(pointer(
            0,
            (surgeon, block) ->
                    Surgeon.head(surgeon.any(surgeon.files(1)).orElseThrow()).head())),
    LONG_POINTER_WRONG(pointer(1, (surgeon, block) -> block)),
    BLOCK_ERASED(blocks(2, (surgeon, spot) -> {
        surgeon.fill(Surgeon.head(spot).head(), (byte) 0xff);
        return true;
    })),

    PAIR_ERASED(other((surgeon, pair) -> {
        surgeon.fill(pair.blocks().first(), (byte) 0xff);
        surgeon.fill(pair.blocks().second(), (byte) 0xff);
        return true;
    })),
    PAIR_OVERWRITTEN(other((surgeon, pair) -> {
        surgeon.fill(pair.blocks().first(), (byte) 0x55);
        surgeon.fill(pair.blocks().second(), (byte) 0x55);
        return true;
    })),
    ACTIVE_BLOCK_ERASED(pair((surgeon, pair) -> {
        surgeon.fill(pair.blocks().first(), (byte) 0xff);
        return true;
    })),
    SPARE_OVERWRITTEN(pair((surgeon, pair) -> {
        surgeon.fill(pair.blocks().second(), (byte) 0x5a);
        return true;
    })),
    BIT_OF_A_LOG(pair((surgeon, pair) -> {
        surgeon.flip(pair.blocks().first(), surgeon.random.nextInt(pair.endOffset()));
        return true;
    })),
    BITS_OF_BOTH_LOGS(pair((surgeon, pair) -> {
        surgeon.flip(pair.blocks().first(), 4 + surgeon.random.nextInt(pair.endOffset() - 4));
        surgeon.flip(pair.blocks().second(), 4 + surgeon.random.nextInt(20));
        return true;
    })),
    SUPERBLOCK_ERASED(pair((surgeon, pair) -> {
        surgeon.fill(0, (byte) 0);
        surgeon.fill(1, (byte) 0);
        return true;
    })),
    SUPERBLOCK_OF_MORE_BLOCKS(pair((surgeon, pair) -> {
        MetadataPair first = surgeon.pairs().get(0);
        MetadataEntry entry = first.state().entries().get(0);
        Superblock more = first.state().superblock().orElseThrow().withBlockCount(surgeon.blockCount() * 2);
        return surgeon.replace(
                new Surgeon.Spot(first, 0, entry), entry.withStruct(new EntryStruct.Inline(more.encode()), 0));
    })),
    DELETE_OF_NO_ENTRY(pair((surgeon, pair) ->
            surgeon.log(pair, plus(pair, change(TagType.DELETE.code(), 900, new byte[0])))));

    private final Function<Surgeon, Boolean> operation;

    Damage(Function<Surgeon, Boolean> operation) {
        this.operation = operation;
    }

    /** Does it somewhere; false if the image has no place for it. */
    boolean apply(Surgeon surgeon) {
        return operation.apply(surgeon);
    }

    private static Function<Surgeon, Boolean> pair(BiFunction<Surgeon, MetadataPair, Boolean> damage) {
        return surgeon -> surgeon.any(surgeon.pairs())
                .map(pair -> damage.apply(surgeon, pair))
                .orElse(false);
    }

    private static Function<Surgeon, Boolean> other(BiFunction<Surgeon, MetadataPair, Boolean> damage) {
        return surgeon -> surgeon.any(surgeon.others())
                .map(pair -> damage.apply(surgeon, pair))
                .orElse(false);
    }

    private static Function<Surgeon, Boolean> directory(BiFunction<Surgeon, Surgeon.Spot, Boolean> damage) {
        return surgeon -> surgeon.any(surgeon.entries(true))
                .map(spot -> damage.apply(surgeon, spot))
                .orElse(false);
    }

    private static Function<Surgeon, Boolean> file(BiFunction<Surgeon, Surgeon.Spot, Boolean> damage) {
        return surgeon -> surgeon.any(surgeon.entries(false))
                .map(spot -> damage.apply(surgeon, spot))
                .orElse(false);
    }

    private static Function<Surgeon, Boolean> blocks(int least, BiFunction<Surgeon, Surgeon.Spot, Boolean> damage) {
        return surgeon -> surgeon.any(surgeon.files(least))
                .map(spot -> damage.apply(surgeon, spot))
                .orElse(false);
    }

    /** One pointer of some block of a file: of the head, or of one that its first pointers lead to. */
    private static Function<Surgeon, Boolean> pointer(int number, BiFunction<Surgeon, Long, Long> target) {
        return blocks(3, (surgeon, spot) -> {
            long block = Surgeon.head(spot).head();
            int steps = surgeon.random.nextInt(2);
            for (int i = 0; i < steps; i++) {
                block = surgeon.pointer(block, 0);
            }
            surgeon.pointer(block, number, target.apply(surgeon, block));
            return true;
        });
    }

    private static boolean head(Surgeon surgeon, Surgeon.Spot spot, long block, long size) {
        CtzHead old = Surgeon.head(spot);
        return surgeon.struct(
                spot, new EntryStruct.Ctz(new CtzHead(block < 0 ? old.head() : block, size == 0 ? old.size() : size)));
    }

    private static boolean named(Surgeon surgeon, Surgeon.Spot spot, FileName name) {
        return surgeon.replace(spot, spot.entry().withName(spot.entry().nameType(), name, 0));
    }

    private static boolean without(Surgeon surgeon, Surgeon.Spot spot) {
        List<MetadataEntry> entries = new ArrayList<>(spot.pair().state().entries());
        entries.remove(spot.id());
        Tail tail = spot.pair().state().tail();
        return surgeon.rewrite(spot.pair(), entries, tail, spot.pair().state().moveDelta());
    }

    private static PairChange change(int type, int id, byte[] data) {
        return new PairChange(Tag.of(type, id, data.length), data);
    }

    private static List<PairChange> plus(MetadataPair pair, PairChange more) {
        List<PairChange> changes = new ArrayList<>(pair.state().compacted());
        changes.add(more);
        return changes;
    }
}
