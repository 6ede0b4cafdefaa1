package dev.morgana.block.drivers.layer;

import dev.morgana.spi.error.DeviceIoException;
import java.util.Optional;

/**
 * The power supply of {@linkplain PowerCutDevice devices}: it can be cut at once, or set to fail at a given program or erase.
 * Several devices on one switch lose power together, and their operations count together. Safe for use by many threads.
 */
public final class PowerSwitch {
    private boolean on = true;
    private boolean armed;
    private long left;
    private Tear tear = TornPart.NONE;
    private long operations;

    /** Makes a switch that is on and not armed. */
    public PowerSwitch() {}

    /**
     * Lets a number of programs and erases pass, from now on, and cuts the power during the next one. An earlier arming is
     * forgotten; power that is cut stays cut.
     *
     * @param pass how many programs and erases still succeed, at least 0
     * @param torn what is done of the one after them
     */
    public synchronized void cutAfter(long pass, Tear torn) {
        if (pass < 0) {
            throw new IllegalArgumentException("pass is negative: " + pass);
        }
        armed = true;
        left = pass;
        tear = torn;
    }

    /** Cuts the power now, between two operations. */
    public synchronized void cut() {
        on = false;
    }

    /**
     * Switches the power on again and forgets any arming. The devices then show what is on the medium. A store that was open
     * must be opened anew, without closing the device.
     */
    public synchronized void restore() {
        on = true;
        armed = false;
    }

    /**
     * Tells whether there is power.
     *
     * @return false from the cut until {@link #restore()}
     */
    public synchronized boolean isOn() {
        return on;
    }

    /**
     * How many programs and erases were let pass since the switch was made. A campaign that cuts after each of them
     * learns here how many there are.
     *
     * @return the number
     */
    public synchronized long operations() {
        return operations;
    }

    /** Fails if there is no power. */
    synchronized void demand(String device, long position, long length) throws DeviceIoException {
        if (!on) {
            throw lost(device, position, length);
        }
    }

    /** Takes one operation: empty if it passes, else what is left of it, and the power is gone. */
    synchronized Optional<Tear> take(String device, long position, long length) throws DeviceIoException {
        demand(device, position, length);
        if (armed && left == 0) {
            on = false;
            return Optional.of(tear);
        }
        if (armed) {
            left--;
        }
        operations++;
        return Optional.empty();
    }

    static DeviceIoException lost(String device, long position, long length) {
        return new DeviceIoException(device, "power is lost", position, length, null);
    }
}
