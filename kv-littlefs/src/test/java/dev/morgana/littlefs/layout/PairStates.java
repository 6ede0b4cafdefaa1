package dev.morgana.littlefs.layout;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pair states made of tags, for tests. */
final class PairStates {
    private PairStates() {}

    static LogItem.Entry entry(Tag tag, String hex) {
        return new LogItem.Entry(0, tag, ArrayBlock.bytes(hex));
    }

    static LogItem.Entry name(int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new LogItem.Entry(0, Tag.of(TagType.FILE_NAME, id, bytes.length), bytes);
    }

    static LogItem.Entry inline(int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new LogItem.Entry(0, Tag.of(TagType.INLINE_STRUCT, id, bytes.length), bytes);
    }

    static LogItem.Entry attribute(int id, int number, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new LogItem.Entry(0, Tag.of(0x300 + number, id, bytes.length), bytes);
    }

    static LogItem.Entry create(int id) {
        return entry(Tag.of(TagType.CREATE, id, 0), "");
    }

    static LogItem.Entry delete(int id) {
        return entry(Tag.of(TagType.DELETE, id, 0), "");
    }

    static PairState apply(Dialect dialect, LogItem.Entry... items) {
        PairStateBuilder builder = dialect.newState();
        for (LogItem.Entry item : items) {
            builder.apply(item);
        }
        return builder.snapshot();
    }

    static List<String> names(PairState state) {
        return state.entries().stream()
                .filter(MetadataEntry::isVisible)
                .map(entry -> entry.name().toString())
                .toList();
    }

    static String content(PairState state, int id) {
        EntryStruct struct = state.entries().get(id).struct();
        return new String(((EntryStruct.Inline) struct).content(), StandardCharsets.UTF_8);
    }
}
