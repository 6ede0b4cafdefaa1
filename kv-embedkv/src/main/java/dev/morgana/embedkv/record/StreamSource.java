package dev.morgana.embedkv.record;

import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import java.io.IOException;
import java.io.InputStream;

/** The value that a stream gives. */
final class StreamSource implements ValueSource {
    private static final int UNKNOWN = -2;
    private static final int END = -1;

    private final InputStream stream;
    private int ahead = UNKNOWN;

    StreamSource(InputStream stream) {
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
        try {
            int length = 1 + stream.readNBytes(bytes, 1, most - 1);
            return length == most ? bytes : java.util.Arrays.copyOf(bytes, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean hasMore() throws StoreException {
        if (ahead == UNKNOWN) {
            try {
                ahead = stream.read();
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return ahead != END;
    }

    private static StoreException failed(IOException e) {
        return new DeviceIoException("value", "its stream failed: " + e.getMessage(), 0, 0, e);
    }
}
