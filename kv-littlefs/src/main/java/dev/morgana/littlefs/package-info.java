/** littlefs 2.0 and 2.1, and chamelon's dialect of it: the provider and the typed entry point. */
@NullMarked
package dev.morgana.littlefs;

import org.jspecify.annotations.NullMarked;
