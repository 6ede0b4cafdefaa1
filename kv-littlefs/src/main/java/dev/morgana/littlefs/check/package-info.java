/**
 * The checks of an image, one class for each structure, and whether another implementation would mount it. They read through
 * the packages below and report to {@link dev.morgana.littlefs.check.Findings}.
 */
@NullMarked
package dev.morgana.littlefs.check;

import org.jspecify.annotations.NullMarked;
