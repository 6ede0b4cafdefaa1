package dev.morgana.cli.verb.image;

import dev.morgana.spi.StoreAddress;
import java.util.List;

/**
 * What FORMAT means: a format, or store layers over one, as in {@code crypt+ekv}.
 *
 * @param layers names of the store layers, outermost first; none to keep those of the address
 * @param format the format's id
 */
record FormatArgument(List<String> layers, String format) {
    static FormatArgument of(String word) {
        List<String> names = List.of(word.split("\\+", -1));
        int last = names.size() - 1;
        return new FormatArgument(names.subList(0, last), names.get(last));
    }

    StoreAddress applyTo(StoreAddress address) {
        StoreAddress formatted = address.withFormat(format);
        return layers.isEmpty() ? formatted : formatted.withStoreLayers(layers);
    }
}
