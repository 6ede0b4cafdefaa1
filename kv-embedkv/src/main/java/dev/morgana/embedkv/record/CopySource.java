package dev.morgana.embedkv.record;

import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The value of a record that is there, for its copy. */
final class CopySource implements ValueSource {
    private final Binding binding;
    private final Binding.Reader reader;
    private long offset;

    CopySource(Binding binding) {
        this.binding = binding;
        this.reader = binding.reader();
    }

    @Override
    public byte[] next(int most) throws StoreException {
        byte[] bytes = new byte[(int) Math.min(most, binding.size() - offset)];
        int length = reader.read(offset, ByteBuffer.wrap(bytes));
        offset += length;
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public boolean hasMore() {
        return offset < binding.size();
    }
}
