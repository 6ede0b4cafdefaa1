package dev.morgana.tck.store;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.model.Room;
import java.util.Arrays;
import java.util.List;

/**
 * One way to set up a store: a geometry with options. Its name is printed with every test.
 *
 * <p>Every variant has room for 16 small values and dictionaries, with keys of at most 24 bytes and six segments; one variant
 * at least has room for 300.
 *
 * @param name the name, such as {@code 512x80 prog16}
 * @param geometry the geometry of each device
 * @param devices how many devices, such as replicas
 * @param formatOptions options for formatting
 * @param openOptions options for opening and inspecting; the test kit adds a clock where the format takes one
 * @param sizes sizes of values in bytes at which the format changes its ways (inline limit, page, chunk); each is tried as it
 *     is, one less, and one more. Multiples of the block are tried anyway
 * @param room what the store is sure to hold, also while a value of its content is overwritten by one of the same size
 */
public record Variant(
        String name,
        Geometry geometry,
        int devices,
        Options formatOptions,
        Options openOptions,
        List<Integer> sizes,
        Room room) {
    private static final int LEAST_ENTRIES = 16;
    private static final int SAFE_FRACTION = 8;

    public Variant {
        sizes = List.copyOf(sizes);
        if (devices < 1 || room.entries() < LEAST_ENTRIES) {
            throw new IllegalArgumentException("variant " + name + " has " + devices + " devices and room for "
                    + room.entries() + " entries; at least 1 and " + LEAST_ENTRIES + " are needed");
        }
    }

    /**
     * A variant on one device, without options, with room for 16 entries and an eighth of the device in bytes.
     *
     * @param name the name
     * @param geometry the geometry
     * @return the variant
     */
    public static Variant of(String name, Geometry geometry) {
        Room room = new Room(geometry.sizeBytes() / SAFE_FRACTION, LEAST_ENTRIES);
        return new Variant(name, geometry, 1, Options.none(), Options.none(), List.of(), room);
    }

    /**
     * This variant on several devices.
     *
     * @param count how many
     * @return the changed variant
     */
    public Variant withDevices(int count) {
        return new Variant(name, geometry, count, formatOptions, openOptions, sizes, room);
    }

    /**
     * This variant with options.
     *
     * @param format for formatting
     * @param open for opening and inspecting
     * @return the changed variant
     */
    public Variant withOptions(Options format, Options open) {
        return new Variant(name, geometry, devices, format, open, sizes, room);
    }

    /**
     * This variant with sizes at which the format changes its ways.
     *
     * @param thresholds in bytes
     * @return the changed variant
     */
    public Variant withSizes(Integer... thresholds) {
        return new Variant(name, geometry, devices, formatOptions, openOptions, Arrays.asList(thresholds), room);
    }

    /**
     * This variant with other room.
     *
     * @param bytes the sum of the sizes of all values that is sure to fit
     * @param entries the number of values and dictionaries that is sure to fit
     * @return the changed variant
     */
    public Variant withRoom(long bytes, int entries) {
        return new Variant(name, geometry, devices, formatOptions, openOptions, sizes, new Room(bytes, entries));
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
