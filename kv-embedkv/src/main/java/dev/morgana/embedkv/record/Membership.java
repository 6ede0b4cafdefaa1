package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Map;

/**
 * Which replicas take part. One that fails is left behind as long as another one works. Before the next change is
 * acknowledged, those that go on raise their epoch, so that the one left behind is known to have missed changes.
 */
final class Membership {
    private final List<Member> members;
    private long epoch;

    /** Whether every device that does not take part has a lower epoch for sure. */
    private boolean leftBehind;

    Membership(List<Member> members, long epoch) {
        this.members = members;
        this.epoch = epoch;
        this.leftBehind = members.stream().noneMatch(member -> member.state() == Member.State.BROKEN);
    }

    /** The replicas that take part, in their order. */
    List<Replica> working() {
        return members.stream().flatMap(member -> member.replica().stream()).toList();
    }

    boolean isDegraded() {
        return members.stream().anyMatch(member -> member.state() != Member.State.WORKING);
    }

    /** What is done on one replica. */
    interface Action {
        void run(Replica replica) throws StoreException;
    }

    /** Does something on a replica; if its device fails and another one works, it is left behind. */
    void runOn(Replica replica, Action action) throws StoreException {
        try {
            action.run(replica);
        } catch (DeviceException e) {
            if (working().size() == 1) {
                throw e;
            }
            drop(replica, e);
        }
    }

    /** Leaves a replica behind. */
    void drop(Replica replica, DeviceException reason) {
        members.get(replica.position()).leave(Member.State.BROKEN, String.valueOf(reason.getMessage()));
        leftBehind = false;
    }

    /** Frees on each replica what was discarded, with a sync. */
    void settle() throws DeviceException {
        for (Replica replica : working()) {
            settle(replica);
        }
    }

    private void settle(Replica replica) throws DeviceException {
        try {
            replica.settle();
        } catch (DeviceException e) {
            if (working().size() == 1) {
                throw e;
            }
            drop(replica, e);
        }
    }

    /** Frees what was discarded, as far as the devices work; the rest is tried again before the next change. */
    void trySettle() {
        for (Replica replica : working()) {
            try {
                replica.settle();
            } catch (DeviceException e) {
                // What was discarded is still noted as such.
            }
        }
    }

    /**
     * Makes sure that a device which does not take part can be told from those that do. Block 0 cannot be rewritten without
     * risk; so it is done on one replica after the other, and never on a store of one device.
     */
    void raiseEpoch() throws DeviceException {
        while (!leftBehind && isDegraded() && working().get(0).header().canHaveEpoch()) {
            leftBehind = true;
            epoch++;
            for (Replica replica : working()) {
                raise(replica);
            }
        }
    }

    private void raise(Replica replica) throws DeviceException {
        StorageHeader raised = replica.header().withEpoch(epoch);
        try {
            replica.write(raised);
        } catch (DeviceException e) {
            leftBehind = false;
            if (working().size() == 1) {
                throw e;
            }
            drop(replica, e);
        }
    }

    /** For messages: every device and whether it takes part. */
    @Override
    public String toString() {
        return Map.of("epoch", epoch, "members", members).toString();
    }
}
