/**
 * embedkv: provider, options, and the API for programs that know what they have.
 *
 * <p><b>Replicas.</b> A store opens as long as one replica is whole; those that are not take no part until a
 * {@link dev.morgana.spi.facet.Repair}. Whenever the set of those that take part shrinks, the rest raise a number in block 0
 * before the next change is acknowledged, in padding that other implementations keep and ignore. A replica with a lower number
 * has missed changes, and its records do not count. Among replicas of one number the majority decides, and where there is none
 * the highest generation of a key.
 *
 * <p><b>Limits.</b> Of two replicas, one that was replaced by an older copy of itself, with the same number, cannot be told:
 * what was removed since comes back. Blocks of less than 40 bytes have no room for the number, so that there a replica which
 * missed changes is outvoted by two others at best. Blocks are freed by writing over them, which raw flash does not take.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.embedkv;

import org.jspecify.annotations.NullMarked;
