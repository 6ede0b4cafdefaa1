/**
 * The {@code morgana} command. {@link dev.morgana.cli.Main} finds the verb that the first word names, and runs it. A verb opens
 * images through its {@link dev.morgana.cli.image.Session} and reports through {@link dev.morgana.cli.output.Output}, as text for
 * people or as JSON for programs.
 */
@NullMarked
package dev.morgana.cli;

import org.jspecify.annotations.NullMarked;
