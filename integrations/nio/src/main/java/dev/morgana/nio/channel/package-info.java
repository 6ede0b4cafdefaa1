/** Open files as channels. */
@NullMarked
package dev.morgana.nio.channel;

import org.jspecify.annotations.NullMarked;
