/** littlefs 2.0 and 2.1. */
@NullMarked
package dev.morgana.littlefs;

import org.jspecify.annotations.NullMarked;
