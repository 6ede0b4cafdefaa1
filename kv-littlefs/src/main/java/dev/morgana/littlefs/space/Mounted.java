package dev.morgana.littlefs.space;

import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Pairs;

/** What has to be known of a file system to tell which of its blocks are in use. */
public interface Mounted {
    /** The metadata pairs. */
    Pairs pairs();

    /** The blocks below. */
    Blocks blocks();

    /** Where the bytes of files are. */
    CtzLayout ctzLayout();

    /** What the last writer left half done. */
    MoveState globalState();
}
