package dev.morgana.spi.backend;

import dev.morgana.spi.store.Facet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The facets of a store or an image, of which the first of a type is the one. */
public final class Facets {
    private final List<Facet> facets;

    private Facets(List<Facet> facets) {
        this.facets = facets;
    }

    /**
     * A list of facets.
     *
     * @param facets one may be of several types
     * @return the list
     */
    public static Facets of(Facet... facets) {
        return new Facets(List.of(facets));
    }

    /**
     * These and more.
     *
     * @param more what comes after these
     * @return a new list
     */
    public Facets and(Facets more) {
        return new Facets(Stream.concat(facets.stream(), more.facets.stream()).toList());
    }

    /**
     * The facet of a type.
     *
     * @param <F> the facet
     * @param type its interface
     * @return the first of that type, or empty
     */
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
