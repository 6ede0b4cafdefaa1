package dev.morgana.tck.readerror;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/** Something that is done to devices as a whole; its answer can be compared. */
interface Call {
    Object run(List<BlockDevice> devices) throws StoreException;
}
