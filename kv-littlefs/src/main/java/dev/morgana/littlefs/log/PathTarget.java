package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.FileName;

/** What a path of the C implementation's form leads to. */
public sealed interface PathTarget {
    /** The root directory. */
    record Root() implements PathTarget {}

    /** An entry. */
    record Found(Directory in, Located entry) implements PathTarget {}

    /**
     * A name that is not there.
     *
     * @param in the directory that does not have it
     * @param name the name
     * @param last whether it is the last one of the path, so that it could be made
     * @param slash whether a slash follows it, so that it could only be a directory
     */
    record Missing(Directory in, FileName name, boolean last, boolean slash) implements PathTarget {}
}
