package dev.morgana.embedkv;

/**
 * The header of a replica (embedkv page, section 2).
 *
 * @param versionMajor the format's version, 1
 * @param versionMinor the format's version, 0
 * @param blockSize in bytes
 * @param blockCount the header included
 * @param replicaId a number for people, 0 to 2^32-1
 * @param formatSeq a number for people, 0 to 2^32-1
 * @param flags 0
 */
public record EmbedKvHeader(
        int versionMajor,
        int versionMinor,
        long blockSize,
        long blockCount,
        long replicaId,
        long formatSeq,
        long flags) {}
