package dev.morgana.tck.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. Whole, even seconds, so that coarse timestamps are exact. */
public final class TestClock implements InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;

    /** A clock at a fixed time. */
    public TestClock() {}

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock by ten seconds. */
    public void tick() {
        now = now.plus(Duration.ofSeconds(10));
    }
}
