/**
 * How other modules bring verbs to the command, such as {@code mount}. A module implements
 * {@link dev.morgana.cli.extension.VerbExtension}, and the command finds it where it is installed.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.cli.extension;

import org.jspecify.annotations.NullMarked;
