package dev.morgana.lsm;

/**
 * What ekv-fs stores of a file beside its content.
 *
 * @param size bytes of the file
 * @param chunks how many chunks it has
 */
public record EkvFsStat(long size, long chunks) {}
