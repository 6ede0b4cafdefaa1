package dev.morgana.crypt.store;

import dev.morgana.crypt.vault.Rotation;
import dev.morgana.crypt.vault.SealedWriter;
import dev.morgana.crypt.vault.StateTokens;
import dev.morgana.crypt.vault.Vault;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Growth;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.StateToken;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What flat stores and trees that are encrypted have in common, beside the values. */
final class SealedFacets {
    /** What concerns the medium and no value, so that the inner store's own answer is right. */
    private static final Set<Class<? extends Facet>> OF_THE_MEDIUM =
            Set.of(Dump.class, Usage.class, Wear.class, Compaction.class, GarbageCollection.class, Growth.class);

    private final Vault vault;
    private final SealedWriter writer;
    private final Rotation rotation;
    private final Bounds bounds;

    SealedFacets(Vault vault, SealedWriter writer, Rotation rotation, Bounds bounds) {
        this.vault = vault;
        this.writer = writer;
        this.rotation = rotation;
        this.bounds = bounds;
    }

    /** What the inner store tells of itself, less what encryption takes away. */
    StoreInfo info(Set<Capability> lost) {
        StoreInfo inner = vault.cells().store().info();
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(inner.capabilities());
        capabilities.removeAll(lost);
        capabilities.add(Capability.VALUE_CHECKSUMS);
        Map<String, String> properties = new LinkedHashMap<>(inner.properties());
        properties.putAll(rotation.describe());
        return new StoreInfo(
                inner.format(),
                inner.version(),
                inner.geometry(),
                inner.readOnly(),
                bounds.limits(),
                capabilities,
                properties);
    }

    <F extends Facet> Optional<F> facet(Class<F> type) {
        if (type == Check.class) {
            return check().map(type::cast);
        }
        if (type == Repair.class) {
            return repair().map(type::cast);
        }
        if (type == KeyRotation.class) {
            return Optional.of(type.cast(rotation));
        }
        if (type == StateToken.class) {
            return Optional.of(type.cast(new StateTokens(vault, writer)));
        }
        return OF_THE_MEDIUM.contains(type) ? vault.cells().store().facet(type) : Optional.empty();
    }

    private Optional<Check> check() {
        return vault.cells().store().facet(Check.class).map(inner -> new SealedCheck(inner, vault));
    }

    private Optional<Repair> repair() {
        Optional<Repair> repair = vault.cells().store().facet(Repair.class);
        return repair.flatMap(inner -> check().map(check -> new SealedRepair(inner, check)));
    }
}
