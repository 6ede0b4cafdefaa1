package dev.morgana.embedkv.record;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One device of a store, and whether it takes part. */
public final class Member {
    /** Whether a device takes part, and if not, why. */
    public enum State {
        /** It takes part. */
        WORKING,
        /** It has missed changes; its records do not count. */
        STALE,
        /** It has no header of this store, or its device fails. */
        BROKEN
    }

    private final int position;
    private final BlockDevice device;
    private volatile State state;
    private volatile String reason;
    private volatile @Nullable Replica replica;

    private Member(int position, BlockDevice device, State state, String reason, @Nullable Replica replica) {
        this.position = position;
        this.device = device;
        this.state = state;
        this.reason = reason;
        this.replica = replica;
    }

    static Member working(Replica replica, BlockDevice device) {
        return new Member(replica.position(), device, State.WORKING, "", replica);
    }

    static Member broken(int position, BlockDevice device, StoreException reason) {
        return new Member(position, device, State.BROKEN, String.valueOf(reason.getMessage()), null);
    }

    /** Its place in the list of devices, from 0. */
    public int position() {
        return position;
    }

    /** The device, in whatever shape. */
    public BlockDevice device() {
        return device;
    }

    /** Whether it takes part. */
    public State state() {
        return state;
    }

    /** Why it does not take part; empty if it does. */
    public String reason() {
        return reason;
    }

    /** The replica, if it takes part. */
    Optional<Replica> replica() {
        return Optional.ofNullable(replica);
    }

    /** Takes no part any more. */
    void leave(State why, String because) {
        assert why != State.WORKING;
        state = why;
        reason = because;
        replica = null;
    }

    /** Takes part again, with new content. */
    void join(Replica rebuilt) {
        assert rebuilt.position() == position : rebuilt.position();
        replica = rebuilt;
        state = State.WORKING;
        reason = "";
    }

    @Override
    public String toString() {
        return "replica " + position + " (" + device.name() + "): "
                + (state == State.WORKING ? "working" : (state == State.STALE ? "stale, " : "broken, ") + reason);
    }
}
