package dev.morgana.embedkv.record;

import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
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
    private volatile @Nullable DeviceException unread;

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
        Member broken = new Member(position, device, State.BROKEN, String.valueOf(reason.getMessage()), null);
        broken.unread = HostFailure.of(reason).orElse(null);
        return broken;
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

    /** Whether its device could be read when the store was opened; else nothing is known of what is on it. */
    public boolean isRead() {
        return unread == null;
    }

    /**
     * Refuses to go on if it {@linkplain #isRead could not be read}.
     *
     * @throws DeviceException the error of that device
     */
    public void requireRead() throws DeviceException {
        if (unread != null) {
            throw unread;
        }
    }

    /** The replica, if it takes part. */
    Optional<Replica> replica() {
        return Optional.ofNullable(replica);
    }

    /** Takes no part, since it could not be looked at for a reason that may not be the medium's. */
    void leaveUnread(DeviceException reason) {
        leave(State.BROKEN, String.valueOf(reason.getMessage()));
        unread = HostFailure.of(reason).orElse(null);
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
        unread = null;
    }

    @Override
    public String toString() {
        return "replica " + position + " (" + device.name() + "): "
                + (state == State.WORKING ? "working" : (state == State.STALE ? "stale, " : "broken, ") + reason);
    }
}
