package dev.morgana.vfs;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.vfs2.Capability;

/** What VFS can do with images. */
final class Capabilities {
    /** With those that are opened for reading only. */
    static final List<Capability> READING = List.of(
            Capability.GET_TYPE,
            Capability.GET_LAST_MODIFIED,
            Capability.LIST_CHILDREN,
            Capability.URI,
            Capability.READ_CONTENT,
            Capability.RANDOM_ACCESS_READ);

    /** With others. */
    static final List<Capability> ALL;

    static {
        List<Capability> all = new ArrayList<>(READING);
        all.addAll(List.of(
                Capability.SET_LAST_MODIFIED_FILE,
                Capability.SET_LAST_MODIFIED_FOLDER,
                Capability.CREATE,
                Capability.DELETE,
                Capability.RENAME,
                Capability.WRITE_CONTENT,
                Capability.APPEND_CONTENT,
                Capability.RANDOM_ACCESS_WRITE,
                Capability.RANDOM_ACCESS_SET_LENGTH));
        ALL = List.copyOf(all);
    }

    private Capabilities() {}
}
