package dev.morgana.block.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MediumDeviceTest {
    private static final Geometry GEOMETRY = Geometry.ofBlocks(512, 4);

    /** Fails every request, and counts closes. */
    private static class Broken implements Medium {
        final AtomicInteger closes = new AtomicInteger();

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public long size() {
            return GEOMETRY.sizeBytes();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            throw new IOException("EIO");
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            throw new IOException("EIO");
        }

        @Override
        public void fill(long position, long length, byte value) throws IOException {
            throw new IOException("EIO");
        }

        @Override
        public void sync() throws IOException {
            throw new IOException("EIO");
        }

        @Override
        public void close() throws IOException {
            closes.incrementAndGet();
            throw new IOException("EIO");
        }
    }

    @FunctionalInterface
    private interface Request {
        void run() throws IOException;
    }

    private static void assertFails(String operation, long offset, long length, Request request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(DeviceIoException.class, e -> {
                    assertThat(e.offset()).isEqualTo(offset);
                    assertThat(e.length()).isEqualTo(length);
                })
                .hasMessageContainingAll("broken", operation, "EIO");
    }

    @Test
    void aFailureTellsOperationOffsetAndLength() {
        BlockDevice device = MediumDevice.over(new Broken(), GEOMETRY, AccessMode.READ_WRITE);
        assertFails("read", 10, 3, () -> device.read(10, ByteBuffer.allocate(3)));
        assertFails("program", 600, 5, () -> device.program(600, ByteBuffer.allocate(5)));
        assertFails("erase", 1024, 512, () -> device.erase(2));
        assertFails("sync", 0, 2048, device::sync);
    }

    @Test
    void aFailedCloseClosesAllTheSameAndOnce() throws Exception {
        Broken medium = new Broken();
        BlockDevice device = MediumDevice.over(medium, GEOMETRY, AccessMode.READ_WRITE);
        assertFails("close", 0, 2048, device::close);
        device.close();
        assertThat(medium.closes).hasValue(1);
        assertThatThrownBy(device::sync).isInstanceOf(DeviceClosedException.class);
    }

    @Test
    void aReadOnlyDeviceDoesNotSyncItsMedium() throws Exception {
        MediumDevice.over(new Broken(), GEOMETRY, AccessMode.READ_ONLY).sync();
    }

    @Test
    void aGeometryMustFitTheMedium() {
        assertThatThrownBy(() -> MediumDevice.over(new Broken(), GEOMETRY.withBlockCount(5), AccessMode.READ_WRITE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2560", "2048");
    }

    @Test
    void closeWaitsForARequestUnderWay() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger closesSeenByRead = new AtomicInteger(-1);
        Broken medium = new Broken() {
            @Override
            public void read(long position, ByteBuffer target) {
                reading.countDown();
                awaitUninterruptibly(mayEnd);
                closesSeenByRead.set(closes.get());
            }
        };
        BlockDevice device = MediumDevice.over(medium, GEOMETRY, AccessMode.READ_WRITE);
        CompletableFuture<Void> read = run(() -> device.read(0, ByteBuffer.allocate(1)));
        reading.await();
        Thread closing = new Thread(() -> assertThatThrownBy(device::close).hasMessageContaining("EIO"));
        closing.start();
        awaitBlocked(closing);
        assertThat(medium.closes).hasValue(0);
        mayEnd.countDown();
        read.get(60, TimeUnit.SECONDS);
        closing.join();
        assertThat(closesSeenByRead).hasValue(0);
        assertThat(medium.closes).hasValue(1);
    }

    private static CompletableFuture<Void> run(Request request) {
        return CompletableFuture.runAsync(() -> {
            try {
                request.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
