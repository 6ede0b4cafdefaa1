package dev.morgana.nio.tree;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * How a file is to be opened.
 *
 * @param reads whether it may be read
 * @param writes whether it may be written
 * @param appends whether all is written at its end
 * @param truncates whether it becomes empty first
 * @param creates whether it is made if there is none
 * @param createsNew whether there must be none
 * @param synchronous whether each write is durable when it returns
 * @param deletes whether it is removed when it is closed
 */
public record OpenRequest(
        boolean reads,
        boolean writes,
        boolean appends,
        boolean truncates,
        boolean creates,
        boolean createsNew,
        boolean synchronous,
        boolean deletes) {
    /**
     * Reads options, with the meaning that they have for files.
     *
     * @throws UnsupportedOperationException if one is unknown
     * @throws IllegalArgumentException if they contradict each other
     */
    public static OpenRequest of(Set<? extends OpenOption> options) {
        Set<OpenOption> known = new HashSet<>();
        for (OpenOption option : options) {
            if (option instanceof StandardOpenOption) {
                known.add(option);
            } else if (option == null) {
                throw new NullPointerException("an option is null");
            } else if (option != LinkOption.NOFOLLOW_LINKS) {
                throw new UnsupportedOperationException(option + " is not supported");
            }
        }
        boolean append = known.contains(StandardOpenOption.APPEND);
        boolean write = append || known.contains(StandardOpenOption.WRITE);
        boolean read = !write || known.contains(StandardOpenOption.READ);
        boolean truncate = write && known.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (append && known.contains(StandardOpenOption.READ)) {
            throw new IllegalArgumentException("READ + APPEND not allowed");
        }
        if (append && truncate) {
            throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
        }
        boolean createNew = write && known.contains(StandardOpenOption.CREATE_NEW);
        return new OpenRequest(
                read,
                write,
                append,
                truncate,
                createNew || (write && known.contains(StandardOpenOption.CREATE)),
                createNew,
                known.contains(StandardOpenOption.SYNC) || known.contains(StandardOpenOption.DSYNC),
                known.contains(StandardOpenOption.DELETE_ON_CLOSE));
    }
}
