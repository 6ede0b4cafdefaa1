package dev.morgana.pwkvs.sector;

import java.util.OptionalLong;

/**
 * A damaged entry that says to be newer than the one that counts (section 23.4). It may be a write that was cut before it was
 * acknowledged, or a value that was lost.
 *
 * @param address where it is in the partition, or was before it was erased
 * @param key as it reads
 * @param transaction as it reads, unsigned
 * @param current the transaction id of the entry that counts instead; empty if the key is not known otherwise
 */
public record RollBack(long address, byte[] key, long transaction, OptionalLong current) {}
