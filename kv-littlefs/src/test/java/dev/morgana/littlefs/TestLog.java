package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.LogCrc;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes the log of a metadata block with the right chain and checksums, whatever is in it. */
final class TestLog {
    private final ByteBuffer bytes = ByteBuffer.allocate(4096);
    private final LogCrc crc = new LogCrc();
    private int previous = Tag.NO_PREVIOUS;

    TestLog(int revision) {
        add(little(revision));
    }

    TestLog tag(int type, int id, byte[] data) {
        Tag tag = Tag.of(type, id, data.length);
        add(ByteBuffer.allocate(4).putInt(tag.encode(previous)).array());
        add(data);
        previous = tag.nextPrevious();
        return this;
    }

    TestLog superblock(Superblock superblock) {
        tag(TagType.SUPERBLOCK_NAME.code(), 0, Superblock.NAME.toBytes());
        return tag(TagType.INLINE_STRUCT.code(), 0, superblock.encode());
    }

    TestLog commit() {
        Tag tag = Tag.of(TagType.COMMIT_CRC, Tag.NO_ID, 4);
        add(ByteBuffer.allocate(4).putInt(tag.encode(previous)).array());
        bytes.put(little(crc.value()));
        crc.reset();
        previous = tag.nextPrevious();
        return this;
    }

    int size() {
        return bytes.position();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private void add(byte[] data) {
        bytes.put(data);
        crc.update(data);
    }

    private static byte[] little(int word) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array();
    }
}
