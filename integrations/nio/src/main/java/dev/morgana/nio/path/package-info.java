/** The algebra of paths, which knows no file system: names as bytes, and the patterns that match them. */
@NullMarked
package dev.morgana.nio.path;

import org.jspecify.annotations.NullMarked;
