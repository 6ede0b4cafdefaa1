package dev.morgana.littlefs.layout;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tag types that the format assigns, each with its eleven bits on the medium; those must not change. Attributes
 * ({@code 0x300} and its number) and ends of commits ({@code 0x500} to {@code 0x57f}) are ranges, see {@link Tag}.
 */
public enum TagType {
    /** The name of a regular file. */
    FILE_NAME(0x001, "file name"),
    /** The name of a directory. */
    DIRECTORY_NAME(0x002, "directory name"),
    /** The magic of a superblock entry. */
    SUPERBLOCK_NAME(0x0ff, "superblock name"),
    /** Where a directory's first pair is. */
    DIRECTORY_STRUCT(0x200, "directory struct"),
    /** The content of a small file, or a superblock. */
    INLINE_STRUCT(0x201, "inline struct"),
    /** Where the head of a skip list is, and the file's size. */
    CTZ_STRUCT(0x202, "CTZ struct"),
    /** Inserts an entry. */
    CREATE(0x401, "create"),
    /** Removes an entry. */
    DELETE(0x4ff, "delete"),
    /** The end of a commit; chunk 0 or 1, the phase. */
    COMMIT_CRC(0x500, "CRC"),
    /** What the bytes after the commit read as while nothing was programmed there. */
    FORWARD_CRC(0x5ff, "forward CRC"),
    /** The next pair on the thread belongs to another directory. */
    SOFT_TAIL(0x600, "soft tail"),
    /** The next pair on the thread belongs to the same directory. */
    HARD_TAIL(0x601, "hard tail"),
    /** This pair's share of the global state. */
    MOVE_STATE(0x7ff, "move state");

    private static final Map<Integer, TagType> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(TagType::code, Function.identity()));

    private final int code;
    private final String label;

    TagType(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The eleven bits on the medium. */
    public int code() {
        return code;
    }

    /** The type in the words of messages and dumps. */
    public String label() {
        return label;
    }

    /** The type with exactly this code, or null if it is not assigned or in a range. */
    public static @Nullable TagType of(int code) {
        return BY_CODE.get(code);
    }
}
