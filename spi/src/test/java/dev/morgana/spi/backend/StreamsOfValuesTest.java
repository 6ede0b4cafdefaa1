package dev.morgana.spi.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.CallerStreamException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.Position;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamsOfValuesTest {
    private static final byte[] TEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private final AtomicInteger closings = new AtomicInteger();

    /** A source that gives three bytes at most, as one that ends a piece would. */
    private PositionedStream pieces() {
        return new PositionedStream(
                TEN.length,
                (position, target) -> {
                    int count = Math.min(Math.min(3, target.remaining()), TEN.length - (int) position);
                    target.put(TEN, (int) position, count);
                    return count;
                },
                closings::incrementAndGet);
    }

    @Test
    void aValueIsReadFromItsBeginningToItsEnd() throws IOException {
        InputStream stream = pieces();
        assertThat(stream.available()).isEqualTo(10);
        assertThat(stream.read()).isZero();
        assertThat(stream.skip(2)).isEqualTo(2);
        assertThat(stream.readAllBytes()).containsExactly(3, 4, 5, 6, 7, 8, 9);
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(new byte[0])).isZero();
        assertThat(stream.skip(1)).isZero();
        assertThat(stream.skip(-1)).isZero();
        assertThat(stream.available()).isZero();
        assertThatThrownBy(() -> stream.read(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aClosedStreamGivesNothingAndGaveBackOnceWhatItHeld() throws IOException {
        InputStream stream = pieces();
        stream.close();
        stream.close();
        assertThat(closings).hasValue(1);
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessage("stream is closed");
    }

    private static CallerStream failing(IOException failure) {
        return new CallerStream("value of /a", new FilterInputStream(new ByteArrayInputStream(TEN)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw failure;
            }

            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int available() throws IOException {
                throw failure;
            }
        });
    }

    @Test
    void theFailureOfACallersStreamIsItsOwn() {
        IOException failure = new IOException("pulled out");
        CallerStream stream = failing(failure);
        byte[] target = new byte[4];
        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable read :
                java.util.List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        stream::read,
                        () -> stream.read(target),
                        () -> stream.readNBytes(3),
                        () -> stream.readNBytes(target, 0, 4),
                        stream::readAllBytes,
                        stream::available)) {
            assertThatThrownBy(read).isInstanceOfSatisfying(CallerStreamException.class, e -> {
                assertThat(e).hasCause(failure).hasMessage("value of /a: reading the stream failed: pulled out");
                assertThat(e.failure()).isEqualTo(Failure.CALLER_STREAM);
            });
        }
    }

    @Test
    void theErrorOfAnotherStoreIsPassedOnAsItIs() {
        CorruptStoreException damage = new CorruptStoreException(new Position("other", 1, 0, "entry"), "a", "b");
        assertThatThrownBy(() -> failing(damage).readAllBytes()).isSameAs(damage);
    }

    @Test
    void aCallersStreamStaysOpen() throws IOException {
        InputStream callers = new FilterInputStream(new ByteArrayInputStream(TEN)) {
            @Override
            public void close() {
                closings.incrementAndGet();
            }
        };
        try (CallerStream stream = new CallerStream("value", callers)) {
            assertThat(stream.readNBytes(4)).containsExactly(0, 1, 2, 3);
        }
        assertThat(closings).hasValue(0);
        assertThat(callers.read()).isEqualTo(4);
    }
}
