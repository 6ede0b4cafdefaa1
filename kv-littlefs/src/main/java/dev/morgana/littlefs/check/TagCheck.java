package dev.morgana.littlefs.check;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.ForwardCrc;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagClass;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.DeviceException;

/** Checks the tags of a pair's intact commits: types that nobody assigned, and data of the wrong length. */
final class TagCheck {
    private static final int ANY_LENGTH = -1;

    private final Blocks blocks;
    private final Dialect dialect;
    private final Findings findings;

    TagCheck(Blocks blocks, Dialect dialect, Findings findings) {
        this.blocks = blocks;
        this.dialect = dialect;
        this.findings = findings;
    }

    void check(MetadataPair pair) throws DeviceException {
        LogReader log = new LogReader(blocks.window(pair.activeBlock()), dialect);
        int count = 0;
        for (LogItem item = log.next(); item != null && item.offset() < pair.endOffset(); item = log.next()) {
            if (item instanceof LogItem.Entry entry) {
                check(entry, pair);
                count = checkDelete(entry, count, pair);
            }
        }
    }

    private void check(LogItem.Entry item, MetadataPair pair) {
        Tag tag = item.tag();
        var where = blocks.position(pair.activeBlock(), item.offset(), "tag");
        int expected = expectedLength(tag);
        if (TagType.of(tag.type()) == null && tag.tagClass() != TagClass.ATTRIBUTE) {
            findings.info(
                    "unknown-tag",
                    where,
                    "an assigned type",
                    tag.label(),
                    pair.blocks().toString());
        } else if (expected != ANY_LENGTH && expected != tag.dataLength() && !tag.isDeletion()) {
            findings.error(
                    "malformed-tag",
                    where,
                    tag.label() + " of " + expected + " bytes",
                    tag.dataLength() + " bytes",
                    pair.blocks().toString());
        }
    }

    /** A delete takes away an entry that is there. Answers the number of entries behind the tag. */
    private int checkDelete(LogItem.Entry item, int count, MetadataPair pair) {
        Tag tag = item.tag();
        if (tag.tagClass() == TagClass.NAME) {
            return Math.max(count, tag.id() + 1);
        }
        if (tag.is(TagType.CREATE)) {
            return Math.max(count, tag.id()) + 1;
        }
        if (tag.is(TagType.DELETE) && tag.id() < count) {
            return count - 1;
        }
        if (tag.is(TagType.DELETE) && dialect == Dialect.LITTLEFS) {
            findings.error(
                    "impossible-delete",
                    blocks.position(pair.activeBlock(), item.offset(), "tag"),
                    "an id below " + count,
                    "delete of entry " + tag.id(),
                    pair.blocks().toString());
        }
        return count;
    }

    private static int expectedLength(Tag tag) {
        TagType type = TagType.of(tag.type());
        if (type == null) {
            return ANY_LENGTH;
        }
        return switch (type) {
            case DIRECTORY_STRUCT, SOFT_TAIL, HARD_TAIL -> BlockPair.BYTES;
            case CTZ_STRUCT -> CtzHead.BYTES;
            case MOVE_STATE -> MoveState.BYTES;
            case FORWARD_CRC -> ForwardCrc.BYTES;
            case CREATE, DELETE -> 0;
            case FILE_NAME, DIRECTORY_NAME, SUPERBLOCK_NAME, INLINE_STRUCT, COMMIT_CRC -> ANY_LENGTH;
        };
    }
}
