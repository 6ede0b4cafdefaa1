/** Files of the host: their names, what is written to them before it is whole, and their errors. */
@NullMarked
package dev.morgana.cli.exchange.host;

import org.jspecify.annotations.NullMarked;
