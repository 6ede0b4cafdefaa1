/** What people and programs see: text and JSON, progress, errors and exit codes. */
@NullMarked
package dev.morgana.cli.output;

import org.jspecify.annotations.NullMarked;
