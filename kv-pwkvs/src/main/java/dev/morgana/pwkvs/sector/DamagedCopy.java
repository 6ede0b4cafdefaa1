package dev.morgana.pwkvs.sector;

/**
 * A copy of a live entry that does not read as it was written.
 *
 * @param key of the entry
 * @param address of the copy in the partition
 * @param lost whether no other copy is intact
 */
public record DamagedCopy(byte[] key, long address, boolean lost) {}
