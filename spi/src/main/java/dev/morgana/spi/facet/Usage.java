package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.List;

/** Where the space goes. */
public interface Usage extends Facet {
    /**
     * The space of one kind.
     *
     * @param kind what it holds, in the format's words, such as {@code metadata pairs} or {@code free}
     * @param blocks whole erase blocks that hold it; 0 where the kind shares blocks with others
     * @param bytes bytes on the medium
     * @param items how many structures of this kind there are
     */
    record Share(String kind, long blocks, long bytes, long items) {}

    /**
     * The space by kind. The bytes add up to the size of the device as the store uses it.
     *
     * @return the shares, in the order in which people should see them
     * @throws StoreException if the medium is damaged or fails
     */
    List<Share> usage() throws StoreException;
}
