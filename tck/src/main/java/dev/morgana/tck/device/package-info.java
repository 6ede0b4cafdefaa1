/**
 * Devices for tests.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.tck.device;

import org.jspecify.annotations.NullMarked;
