/**
 * Repairing what is damaged beyond what an interrupted writer leaves.
 *
 * <pre>
 *  Mender           what to do, from what the check finds
 *  Salvage          the tree as far as it can be read: SalvagedDirectory
 *  Rebuild          the same tree in new pairs, which one write to the superblock's pair makes count
 *  FileMending      files whose blocks are wrong, in a tree that is right
 *  Shrinking        a tree that is right, in fewer blocks
 *  ScratchDevice    the medium as it would be, for dry runs
 * </pre>
 */
@NullMarked
package dev.morgana.littlefs.mend;

import org.jspecify.annotations.NullMarked;
