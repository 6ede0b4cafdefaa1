/** Watching folders. Every change of an image goes through its file system, so that it tells of them, and nobody has to poll. */
@NullMarked
package dev.morgana.nio.watch;

import org.jspecify.annotations.NullMarked;
