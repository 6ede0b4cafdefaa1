package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.Defect;

/**
 * A descriptor whose record is not complete: such as one that was being written when the power was lost.
 *
 * @param key the key that its descriptor names
 * @param generation the generation that its descriptor names
 * @param descriptor the block of its descriptor
 * @param block the block where it ends to be right
 * @param defect what is wrong there
 */
public record Incomplete(byte[] key, long generation, int descriptor, int block, Defect defect) {}
