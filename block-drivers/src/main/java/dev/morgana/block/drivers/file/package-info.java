/**
 * Devices in regular files: an image as it would be read out of a flash part, byte for byte.
 *
 * <p>All input and output goes through {@link java.io.RandomAccessFile}: a channel would be closed, for all threads, by the
 * interrupt of one of them. A file is open once in this process, whatever the spelling of its path, because POSIX takes all
 * locks of a process off a file when the process closes <em>any</em> of its descriptors of that file. For the same reason a
 * program that opens and closes an image on its own, while a device has it open, lets other processes in.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.block.drivers.file;

import org.jspecify.annotations.NullMarked;
