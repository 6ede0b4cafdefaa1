package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A value as it was when it was opened, whatever becomes of its key. */
final class ValueStream extends InputStream {
    private final StoreLife life;
    private final Snapshot snapshot;
    private final LsmRecord record;
    private int position;
    private boolean closed;

    ValueStream(StoreLife life, Snapshot snapshot, LsmRecord record) {
        this.life = life;
        this.snapshot = snapshot;
        this.record = record;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) {
            throw new IOException("stream is closed");
        }
        int count = Math.min(length, available());
        life.using(() -> {
            record.read(position, bytes, offset, count);
            return true;
        });
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public int available() {
        return record.valueLength() - position;
    }

    @Override
    public void close() {
        closed = true;
        snapshot.close();
    }
}
