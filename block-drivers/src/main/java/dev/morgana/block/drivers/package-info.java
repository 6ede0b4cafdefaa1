/** Drivers for memory and files, and layers over any device. */
@NullMarked
package dev.morgana.block.drivers;

import org.jspecify.annotations.NullMarked;
