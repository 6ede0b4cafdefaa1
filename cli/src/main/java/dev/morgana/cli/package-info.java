/**
 * The {@code morgana} command: one class per verb, found by {@link dev.morgana.cli.Main}. A verb reads the store through the
 * service interfaces and reports through {@link dev.morgana.cli.Output}, as text for people or as JSON for programs.
 */
@NullMarked
package dev.morgana.cli;

import org.jspecify.annotations.NullMarked;
