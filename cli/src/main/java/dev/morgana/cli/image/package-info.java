/** Images as the command line names them: their addresses, how they are opened, and how they are made. */
@NullMarked
package dev.morgana.cli.image;

import org.jspecify.annotations.NullMarked;
