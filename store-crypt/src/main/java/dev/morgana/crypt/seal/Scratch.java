package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.Segments;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Full segments that do not fit into memory, in a temporary file of the host, under a key that nobody keeps. Each write is sealed
 * under a number of its own. For one thread at a time.
 */
public final class Scratch implements Closeable {
    /** Where a segment is, and the number that it was sealed under. */
    private record Place(long slot, long number) {}

    private final Map<Long, Place> places = new HashMap<>();

    /** Slots of segments that were removed. */
    private final Deque<Long> free = new ArrayDeque<>();

    private final SegmentCipher cipher;
    private final FileChannel file;
    private long written;
    private long slots;

    /**
     * An empty one.
     *
     * @throws IOException if the host has no place for temporary files
     */
    public Scratch() throws IOException {
        byte[] key = new byte[KeyRing.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        cipher = new SegmentCipher(key, new byte[0]);
        Path path = Files.createTempFile("morgana", null);
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /**
     * Keeps a segment, in place of what it was.
     *
     * @throws IOException if the host has no room
     */
    public void put(long segment, byte[] bytes) throws IOException {
        Place old = places.get(segment);
        Place place = new Place(old == null ? freeSlot() : old.slot(), written++);
        ByteBuffer sealed = ByteBuffer.wrap(cipher.seal(place.number(), true, bytes, 0, bytes.length));
        while (sealed.hasRemaining()) {
            file.write(sealed, place.slot() * Segments.SEALED + sealed.position());
        }
        places.put(segment, place);
    }

    private long freeSlot() {
        Long slot = free.poll();
        return slot == null ? slots++ : slot;
    }

    /** Forgets the segments from one on. */
    public void removeFrom(long segment) {
        places.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey() >= segment;
            if (gone) {
                free.add(entry.getValue().slot());
            }
            return gone;
        });
    }

    /** Whether a segment is kept. */
    public boolean contains(long segment) {
        return places.containsKey(segment);
    }

    /**
     * A segment that is kept.
     *
     * @throws IOException if it cannot be read, or is not what was written
     */
    public byte[] get(long segment) throws IOException {
        Place place = places.get(segment);
        if (place == null) {
            throw new IllegalArgumentException("segment " + segment + " is not kept");
        }
        ByteBuffer sealed = ByteBuffer.allocate(Segments.SEALED);
        while (sealed.hasRemaining()) {
            if (file.read(sealed, place.slot() * Segments.SEALED + sealed.position()) < 0) {
                break;
            }
        }
        return cipher.open(place.number(), true, sealed.array(), 0, sealed.position())
                .orElseThrow(() -> new IOException("the temporary file of an open handle was changed"));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
