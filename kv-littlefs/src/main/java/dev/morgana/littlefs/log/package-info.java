/**
 * The algorithms of littlefs over a device: fetching pairs, mounting, walking thread and tree, looking up paths, reading
 * files. Source: littlefs page, sections 5, 7, 8 and 10.
 */
@NullMarked
package dev.morgana.littlefs.log;

import org.jspecify.annotations.NullMarked;
