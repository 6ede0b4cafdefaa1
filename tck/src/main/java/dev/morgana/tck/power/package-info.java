/**
 * Power cuts under one fault model, for every format: see {@link dev.morgana.tck.power.PowerLoss}. A format describes what it
 * does as a {@link dev.morgana.tck.power.Scenario}; for scenarios over a tree of keys
 * {@link dev.morgana.tck.model.ModelScenario} does the judging.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.tck.power;

import org.jspecify.annotations.NullMarked;
