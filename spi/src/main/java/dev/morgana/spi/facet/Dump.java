package dev.morgana.spi.facet;

import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The structures on the medium, decoded, each with its place. It never writes, and shows damaged structures as far as they go. */
public interface Dump extends Facet {
    /**
     * One structure.
     *
     * @param position where it begins, and its name
     * @param length in bytes
     * @param depth how deep it is nested, from 0, for indentation
     * @param fields decoded fields by name, in the order of the medium
     * @param valid whether its checksum and its form are right
     */
    record Structure(Position position, long length, int depth, Map<String, String> fields, boolean valid) {
        public Structure {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /**
     * Decodes blocks.
     *
     * @param blocks which erase blocks to decode, by number
     * @param structures takes the structures, ascending by position
     * @throws StoreException if the device fails
     */
    void dump(LongPredicate blocks, Consumer<Structure> structures) throws StoreException;
}
