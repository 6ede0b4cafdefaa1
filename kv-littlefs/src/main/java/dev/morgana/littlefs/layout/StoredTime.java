package dev.morgana.littlefs.layout;

import dev.morgana.spi.error.LimitExceededException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The time of a file, kept in user attribute {@code 0x74}, the letter {@code t}. littlefs itself knows no time; there are two
 * customs, told apart by the length:
 *
 * <pre>
 * 4 or 8 bytes   seconds since 1970, little-endian, as the image tool mklittlefs and the drivers of small boards write them;
 *                four bytes are taken as unsigned, so they last until 2106
 * 12 bytes       chamelon: days since 1970 (signed 32 bits), picoseconds within the day (64 bits), little-endian
 * </pre>
 */
public final class StoredTime {
    /** The number of the attribute. */
    public static final int ATTRIBUTE = 0x74;

    private static final int DAYS_AND_PICOSECONDS_BYTES = Integer.BYTES + Long.BYTES;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long PICOSECONDS_PER_SECOND = 1_000_000_000_000L;
    private static final long PICOSECONDS_PER_NANOSECOND = 1_000;

    private StoredTime() {}

    /** Decodes the attribute; empty if its length or value is none that anybody writes. Picoseconds are cut to nanoseconds. */
    public static Optional<Instant> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (bytes.length) {
            case Integer.BYTES -> Optional.of(Instant.ofEpochSecond(Integer.toUnsignedLong(buffer.getInt())));
            case Long.BYTES -> ofSeconds(buffer.getLong());
            case DAYS_AND_PICOSECONDS_BYTES -> ofDays(buffer.getInt(), buffer.getLong());
            default -> Optional.empty();
        };
    }

    /** The attribute for a time, to the second, in four bytes as long as they last. */
    public static byte[] encode(Instant time) {
        long seconds = time.getEpochSecond();
        boolean isShort = seconds == Integer.toUnsignedLong((int) seconds);
        ByteBuffer buffer =
                ByteBuffer.allocate(isShort ? Integer.BYTES : Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return (isShort ? buffer.putInt((int) seconds) : buffer.putLong(seconds)).array();
    }

    /**
     * The attribute for a time as chamelon writes it, to the nanosecond.
     *
     * @throws LimitExceededException if its day is none of 32 bits
     */
    public static byte[] encodeExactly(Instant time) throws LimitExceededException {
        long days = Math.floorDiv(time.getEpochSecond(), SECONDS_PER_DAY);
        if (days != (int) days) {
            throw new LimitExceededException("days since 1970", Integer.MAX_VALUE, days);
        }
        long picoseconds = Math.floorMod(time.getEpochSecond(), SECONDS_PER_DAY) * PICOSECONDS_PER_SECOND
                + time.getNano() * PICOSECONDS_PER_NANOSECOND;
        return ByteBuffer.allocate(DAYS_AND_PICOSECONDS_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) days)
                .putLong(picoseconds)
                .array();
    }

    private static Optional<Instant> ofSeconds(long seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> ofDays(int days, long picoseconds) {
        if (picoseconds < 0 || picoseconds >= SECONDS_PER_DAY * PICOSECONDS_PER_SECOND) {
            return Optional.empty();
        }
        long seconds = days * SECONDS_PER_DAY + picoseconds / PICOSECONDS_PER_SECOND;
        return Optional.of(
                Instant.ofEpochSecond(seconds, picoseconds % PICOSECONDS_PER_SECOND / PICOSECONDS_PER_NANOSECOND));
    }
}
