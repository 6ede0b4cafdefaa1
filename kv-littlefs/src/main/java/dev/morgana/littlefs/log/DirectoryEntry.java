package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.key.Kind;

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

    /** Whether it is a file or a directory. */
    public Kind kind() {
        return entry().isDirectory() ? Kind.DICTIONARY : Kind.VALUE;
    }
}
