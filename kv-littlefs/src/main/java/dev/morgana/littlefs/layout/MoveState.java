package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The global state, or one pair's share of it (section 10.1): whether the thread may hold orphans, and which entry a half-done
 * rename has yet to delete. The state is the exclusive or of the shares of all pairs on the thread.
 *
 * @param word bit 31: orphans; bits 30 to 20: {@code 0x4ff} if a move is pending; bits 19 to 10: the id of its source. Unlike
 *     a real tag it is little-endian
 * @param source the pair of the entry that is to be deleted; {0, 0} if none
 */
public record MoveState(int word, BlockPair source) {
    /** The bytes on the medium. */
    public static final int BYTES = Integer.BYTES + BlockPair.BYTES;

    /** Nothing is pending. */
    public static final MoveState NONE = new MoveState(0, new BlockPair(0, 0));

    private static final int ORPHANS = 0x80000000;
    private static final int ID_SHIFT = 10;
    private static final int TYPE_SHIFT = 20;

    /** Decodes the data of a tag; empty if it is too short. */
    public static Optional<MoveState> decode(byte[] bytes) {
        if (bytes.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int word = buffer.getInt();
        return Optional.of(new MoveState(
                word, new BlockPair(Integer.toUnsignedLong(buffer.getInt()), Integer.toUnsignedLong(buffer.getInt()))));
    }

    /** The bytes on the medium. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .putInt((int) source.first())
                .putInt((int) source.second())
                .array();
    }

    /** The exclusive or of both. */
    public MoveState xor(MoveState other) {
        return new MoveState(
                word ^ other.word,
                new BlockPair(source.first() ^ other.source.first(), source.second() ^ other.source.second()));
    }

    /** Whether this changes nothing. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether the thread may hold pairs without a directory. */
    public boolean hasOrphans() {
        return (word & ORPHANS) != 0;
    }

    /** Whether a rename has yet to delete its source. */
    public boolean hasMove() {
        return new Tag(word).tagClass() != TagClass.NAME;
    }

    /** The number of the entry to delete; meaningless without a move. */
    public int sourceId() {
        return new Tag(word).id();
    }

    /** Whether the entry of this pair is the source of a half-done rename: it counts as absent already (section 10.4). */
    public boolean hides(BlockPair pair, int id) {
        return hasMove() && id == sourceId() && source.sharesBlock(pair);
    }

    /** The same with or without the mark that the thread may hold orphans. */
    public MoveState withOrphans(boolean orphans) {
        return new MoveState(orphans ? word | ORPHANS : word & ~ORPHANS, source);
    }

    /** The same, and an entry that a rename has yet to delete. */
    public MoveState withMove(BlockPair pair, int id) {
        return new MoveState((word & ORPHANS) | (TagType.DELETE.code() << TYPE_SHIFT) | (id << ID_SHIFT), pair);
    }

    /** The same without a pending rename. */
    public MoveState withoutMove() {
        return NONE.withOrphans(hasOrphans());
    }

    /** The tag that makes this a pair's share. */
    public PairChange change() {
        return PairChange.of(TagType.MOVE_STATE, Tag.NO_ID, encode());
    }
}
