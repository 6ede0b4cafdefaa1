/**
 * The file system as a tree of keys and by the paths of the C implementation: lookups with the errors of either, the operations
 * that both share, who may touch it, and the facets.
 */
@NullMarked
package dev.morgana.littlefs.store;

import org.jspecify.annotations.NullMarked;
