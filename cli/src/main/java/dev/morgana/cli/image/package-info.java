/** Images as the command line names them: their addresses, how they are opened, and what comes into them from the host. */
@NullMarked
package dev.morgana.cli.image;

import org.jspecify.annotations.NullMarked;
