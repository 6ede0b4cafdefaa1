/**
 * ekv, a transactional key-value store for raw flash, and ekv-fs, files on it: their typed interfaces, options and providers.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.lsm;

import org.jspecify.annotations.NullMarked;
