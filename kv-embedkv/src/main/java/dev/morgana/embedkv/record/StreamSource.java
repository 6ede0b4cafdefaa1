package dev.morgana.embedkv.record;

import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;

/** The value that a stream gives. */
final class StreamSource implements ValueSource {
    private static final int UNKNOWN = -2;
    private static final int END = -1;

    private final CallerStream stream;
    private int ahead = UNKNOWN;

    StreamSource(CallerStream stream) {
        this.stream = stream;
    }

    @Override
    public byte[] next(int most) throws StoreException {
        if (most == 0 || !hasMore()) {
            return new byte[0];
        }
        byte[] bytes = new byte[most];
        bytes[0] = (byte) ahead;
        ahead = UNKNOWN;
        int length = 1 + stream.readNBytes(bytes, 1, most - 1);
        return length == most ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public boolean hasMore() throws StoreException {
        if (ahead == UNKNOWN) {
            ahead = stream.read();
        }
        return ahead != END;
    }
}
