package dev.morgana.pwkvs.sector;

/** What is known of one sector (section 6). */
final class Sector {
    private final int index;
    private final int size;
    private int free;
    private int valid;
    private boolean corrupt;
    private boolean closed;

    /** An erased sector. */
    Sector(int index, int size) {
        this.index = index;
        this.size = size;
        this.free = size;
    }

    int index() {
        return index;
    }

    int valid() {
        return valid;
    }

    boolean isCorrupt() {
        return corrupt;
    }

    /** No further writes go here until it is erased. */
    void markCorrupt() {
        corrupt = true;
    }

    /** No further writes go here, although nothing is wrong: the log ends where an entry may not begin (section 23.9). */
    void close() {
        closed = true;
    }

    /** Sets the bytes at the end that are not written; the sector then counts as sound. */
    void free(int bytes) {
        assert bytes >= 0 && bytes <= size;
        free = bytes;
        corrupt = false;
        closed = false;
    }

    /** An entry was appended. */
    void append(int bytes) {
        free(free - bytes);
        valid += bytes;
    }

    void addValid(int bytes) {
        valid += bytes;
    }

    void removeValid(int bytes) {
        valid = Math.max(0, valid - bytes);
    }

    int writable() {
        return corrupt || closed ? 0 : free;
    }

    boolean isEmpty() {
        return writable() == size;
    }

    int recoverable() {
        return size - valid - writable();
    }

    /** Where the next entry goes, from the start of the sector. */
    int nextOffset() {
        return size - writable();
    }
}
