package dev.morgana.block.drivers.mem;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes of which only the chunks that were written exist; all others read as the background. Changing it needs exclusive
 * access; reading needs only that nobody changes it.
 */
final class SparseMemory {
    static final int CHUNK = 16 * 1024;

    private final long size;
    private final MemoryKind kind;
    private final byte background;
    /** One chunk of background, never changed. */
    private final ByteBuffer blank;

    private final Map<Long, ByteBuffer> chunks = new HashMap<>();

    SparseMemory(long size, MemoryKind kind, byte background) {
        this.size = size;
        this.kind = kind;
        this.background = background;
        this.blank = filled(CHUNK, background);
    }

    long size() {
        return size;
    }

    byte background() {
        return background;
    }

    /** A buffer of one value, ready to be read. */
    static ByteBuffer filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return ByteBuffer.wrap(bytes);
    }

    void read(long position, ByteBuffer target) {
        long at = position;
        while (target.hasRemaining()) {
            int offset = offsetIn(at);
            int length = Math.min(target.remaining(), CHUNK - offset);
            target.put(target.position(), chunks.getOrDefault(at / CHUNK, blank), offset, length);
            target.position(target.position() + length);
            at += length;
        }
    }

    void write(long position, ByteBuffer source) {
        long at = position;
        while (source.hasRemaining()) {
            int offset = offsetIn(at);
            int length = Math.min(source.remaining(), CHUNK - offset);
            chunk(at / CHUNK).put(offset, source, source.position(), length);
            source.position(source.position() + length);
            at += length;
        }
    }

    void fill(long position, long length, byte value) {
        ByteBuffer filler = value == background ? blank : filled((int) Math.min(length, CHUNK), value);
        long end = position + length;
        for (long at = position; at < end; at = Math.min(end, chunkEnd(at))) {
            fillWithin(at, (int) (Math.min(end, chunkEnd(at)) - at), value, filler);
        }
    }

    private void fillWithin(long at, int length, byte value, ByteBuffer filler) {
        long index = at / CHUNK;
        if (value == background && length == chunkLength(index)) {
            chunks.remove(index);
        } else if (value != background || chunks.containsKey(index)) {
            chunk(index).put(offsetIn(at), filler, 0, length);
        }
    }

    /** Whether nothing was written to the chunk around a position, so that all of it reads as the background. */
    boolean isBlankAt(long position) {
        return !chunks.containsKey(position / CHUNK);
    }

    /** Gives all memory back. */
    void clear() {
        chunks.clear();
    }

    private ByteBuffer chunk(long index) {
        ByteBuffer present = chunks.get(index);
        if (present != null) {
            return present;
        }
        ByteBuffer chunk = kind.allocate(chunkLength(index));
        chunk.put(0, blank, 0, chunk.capacity());
        chunks.put(index, chunk);
        return chunk;
    }

    private int chunkLength(long index) {
        return (int) Math.min(CHUNK, size - index * CHUNK);
    }

    private static int offsetIn(long position) {
        return (int) (position % CHUNK);
    }

    private static long chunkEnd(long position) {
        return (position / CHUNK + 1) * CHUNK;
    }
}
