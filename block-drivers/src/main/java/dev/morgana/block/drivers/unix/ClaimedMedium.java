package dev.morgana.block.drivers.unix;

import dev.morgana.block.drivers.Medium;
import dev.morgana.block.drivers.host.OpenMedia;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A medium that gives its claim within this JVM back when it is closed. */
record ClaimedMedium(Medium medium, OpenMedia.Claim claim) implements Medium {
    @Override
    public String name() {
        return medium.name();
    }

    @Override
    public long size() {
        return medium.size();
    }

    @Override
    public int unit() {
        return medium.unit();
    }

    @Override
    public int eraseUnit() {
        return medium.eraseUnit();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        medium.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        medium.write(position, source);
    }

    @Override
    public void fill(long position, long length, byte value) throws IOException {
        medium.fill(position, length, value);
    }

    @Override
    public void sync() throws IOException {
        medium.sync();
    }

    @Override
    public void close() throws IOException {
        try {
            medium.close();
        } finally {
            claim.release();
        }
    }
}
