package dev.morgana.spi.store;

/**
 * Marks an interface of optional behaviour, asked for by type: {@code store.facet(UserAttributes.class)}. What only some
 * formats can do is a facet, never an operation that fails at run time. The facets are in
 * {@code dev.morgana.spi.facet}; a backend may add its own.
 *
 * <p>A facet lives as long as its store and shares its rules: threads, durability, errors.
 */
public interface Facet {}
