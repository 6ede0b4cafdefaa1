package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.EntryStruct;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the file of a name was from one commit on.
 *
 * @param block the block whose log says so
 * @param revision the revision of that block
 * @param commit the number of the commit in that block, from 1
 * @param offset where the struct stands, or where the commit begins that left no file
 * @param struct what the file had, or null if there was none
 */
public record FileState(
        long block,
        int revision,
        int commit,
        int offset,
        @Nullable EntryStruct struct) {
    /** Whether nothing happened to the file between this state and that struct. */
    boolean holds(@Nullable EntryStruct other) {
        if (struct == null || other == null) {
            return struct == other;
        }
        return struct.type() == other.type() && Arrays.equals(struct.encode(), other.encode());
    }
}
