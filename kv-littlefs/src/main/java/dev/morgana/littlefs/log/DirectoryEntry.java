package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.pair.MetadataPair;

/**
 * An entry and where it is.
 *
 * @param pair its pair as fetched
 * @param id its number in the pair
 */
public record DirectoryEntry(MetadataPair pair, int id) {
    /** The entry. */
    public MetadataEntry entry() {
        return pair.state().entries().get(id);
    }
}
