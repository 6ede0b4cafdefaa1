/**
 * A model of a tree of keys, independent of every store: what each operation does, what it refuses, and what a power loss may
 * leave of it. Random sequences of operations ({@link dev.morgana.tck.model.RandomRuns}) and power cuts
 * ({@link dev.morgana.tck.model.ModelScenario}) are judged by it.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.tck.model;

import org.jspecify.annotations.NullMarked;
