/** What drivers need of the host's file system beside reading and writing. */
@NullMarked
package dev.morgana.block.drivers.host;

import org.jspecify.annotations.NullMarked;
