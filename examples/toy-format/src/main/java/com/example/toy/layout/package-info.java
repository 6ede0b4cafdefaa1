/**
 * The bytes of the format: pure functions, without a device and without state.
 *
 * <p>A store has two snapshots of all its keys, of which the valid one of the greater generation counts. One fills the even blocks
 * of its device, the other the odd ones, so that each begins where the block size alone says. Numbers are little-endian.
 *
 * <pre>
 *  0  4  magic, "TOY1"
 *  4  4  block size in bytes
 *  8  4  number of blocks of the device
 * 12  8  generation, from 1
 * 20  4  length of the records in bytes
 * 24  4  CRC-32 of bytes 0 to 23 and of the records
 * 28     records: key length (1), value length (4), key, value; keys ascend by unsigned bytes
 * </pre>
 */
@NullMarked
package com.example.toy.layout;

import org.jspecify.annotations.NullMarked;
