package dev.morgana.crypt.vault;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.VersionSums;
import java.util.Optional;

/**
 * The layer's own sealed value, as it was found.
 *
 * @param epoch in which it was written: no older header is the right one
 * @param content {@link VersionSums} in their form, or nothing
 */
public record State(int epoch, byte[] content) {
    /** What is put into it. */
    public static byte[] content(Optional<VersionSums> sums) {
        return sums.map(VersionSums::encode).orElse(new byte[0]);
    }

    /** Of a value that was opened. */
    static State of(ValueHeader header, byte[] content) {
        return new State(header.epoch(), content);
    }

    /**
     * The sums that the values must have; empty if they are none. Where values began to be rewritten and nothing was written
     * since, they are in the ring: what an older key can seal says nothing.
     */
    public Optional<VersionSums> sums(KeyRing ring) {
        return ring.rewriting().isPresent() && !ring.isNewest(epoch)
                ? ring.rewriting().map(VersionSums::settled)
                : VersionSums.decode(content);
    }
}
