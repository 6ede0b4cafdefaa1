/** Devices for tests. */
@NullMarked
package dev.morgana.tck.device;

import org.jspecify.annotations.NullMarked;
