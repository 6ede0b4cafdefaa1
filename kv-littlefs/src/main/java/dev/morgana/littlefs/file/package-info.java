/**
 * Files: their content in a directory or in blocks of their own, versions that are being written, open files, and making,
 * moving and removing entries. Source: {@code docs/formats/littlefs.md}, sections 11 and 12.
 */
@NullMarked
package dev.morgana.littlefs.file;

import org.jspecify.annotations.NullMarked;
