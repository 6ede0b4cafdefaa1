/**
 * Which blocks are free, in use, shared by versions of a file, or given up. Source: {@code docs/formats/littlefs.md}, sections
 * 12.8 and 13.
 */
@NullMarked
package dev.morgana.littlefs.space;

import org.jspecify.annotations.NullMarked;
