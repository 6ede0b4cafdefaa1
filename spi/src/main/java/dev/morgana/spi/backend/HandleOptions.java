package dev.morgana.spi.backend;

import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the options of {@link dev.morgana.spi.facet.FileHandles#open} mean.
 *
 * @param readable whether the handle may be read
 * @param writable whether it may be written
 * @param append whether every write goes to the end
 * @param truncate whether the value begins empty
 * @param create whether the value is made if there is none
 * @param createNew whether it is made, and there must be none
 */
public record HandleOptions(
        boolean readable, boolean writable, boolean append, boolean truncate, boolean create, boolean createNew) {
    private static final Set<StandardOpenOption> KNOWN = EnumSet.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW);

    /**
     * Reads a set of options. Without WRITE and APPEND a handle is for reading, and what concerns writing counts for nothing.
     *
     * @param options as the facet takes them
     * @return what they mean
     * @throws IllegalArgumentException if they contradict each other, or one is not among those of the facet
     */
    public static HandleOptions of(Set<StandardOpenOption> options) {
        boolean append = options.contains(StandardOpenOption.APPEND);
        boolean writable = append || options.contains(StandardOpenOption.WRITE);
        boolean truncate = options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (!KNOWN.containsAll(options) || (append && truncate)) {
            throw new IllegalArgumentException("options " + options + " are not supported together");
        }
        boolean createNew = writable && options.contains(StandardOpenOption.CREATE_NEW);
        return new HandleOptions(
                options.contains(StandardOpenOption.READ) || !writable,
                writable,
                append,
                writable && truncate,
                createNew || (writable && options.contains(StandardOpenOption.CREATE)),
                createNew);
    }
}
