package dev.morgana.littlefs.file;

/**
 * What a file is opened for.
 *
 * @param readable whether it may be read
 * @param writable whether it may be written
 * @param append whether every write goes to the end
 * @param truncate whether this version begins empty
 */
public record OpenMode(boolean readable, boolean writable, boolean append, boolean truncate) {
    /** For reading alone. */
    public static final OpenMode READ = new OpenMode(true, false, false, false);

    /** For writing a value anew. */
    public static final OpenMode REPLACE = new OpenMode(false, true, false, true);
}
