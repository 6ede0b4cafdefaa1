package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.FileName;

/**
 * Where a new entry belongs.
 *
 * @param directory the directory
 * @param name the name, which is not there yet
 * @param pair the pair that is to have it
 * @param id the id that it gets
 */
public record InsertionPoint(Directory directory, FileName name, BlockPair pair, int id) {}
