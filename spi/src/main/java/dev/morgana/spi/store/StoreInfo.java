package dev.morgana.spi.store;

import dev.morgana.spi.block.Geometry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a store is.
 *
 * @param format the format's id, such as {@code littlefs}
 * @param version the version or dialect found on the medium, such as {@code 2.1}; empty where the format has none
 * @param geometry the geometry under which the store uses its (first) device
 * @param readOnly whether every change is refused
 * @param limits how large names and values may be
 * @param capabilities what the store promises beyond the core
 * @param properties further settings by name, in the order in which people should see them
 */
public record StoreInfo(
        String format,
        String version,
        Geometry geometry,
        boolean readOnly,
        Limits limits,
        Set<Capability> capabilities,
        Map<String, String> properties) {
    /** The property that people should be told of whenever the store is opened, such as a key file that others can read. */
    public static final String WARNING = "warning";

    public StoreInfo {
        capabilities = Set.copyOf(capabilities);
        properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
