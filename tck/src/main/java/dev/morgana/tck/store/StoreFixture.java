package dev.morgana.tck.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.model.Operation;
import java.util.List;

/**
 * What a backend supplies to be tested: its provider, the ways to set it up, and a few facts. Everything else the tests learn
 * from {@link dev.morgana.spi.store.StoreInfo} and by asking for facets.
 */
public interface StoreFixture {
    /**
     * The format.
     *
     * @return its provider
     */
    StoreProvider provider();

    /**
     * The ways to set it up.
     *
     * @return at least one; what costs much is done on the smallest device only, or where there is most room
     */
    List<Variant> variants();

    /**
     * What the stores are tested on. Power cuts and damage are always played in memory.
     *
     * @return the maker of media; plain memory if not overridden
     */
    default Media media() {
        return Media.ram();
    }

    /**
     * Keys that the format's own structures might betray on a fresh store (item 27), such as {@code /littlefs}.
     *
     * @return keys that must not be bound; none if not overridden
     */
    default List<Key> innerNames() {
        return List.of();
    }

    /**
     * Changes that only this format knows, to be tried with every power cut of items 74 and 76.
     *
     * @return operations on a store that holds what earlier changes left; none if not overridden
     */
    default List<Operation> ownChanges() {
        return List.of();
    }

    /**
     * Whether a raw key can be bound beside any other of the tests (items R1 and on), in a format that tells keys apart by a
     * hash of them.
     *
     * @param key one of the tests' keys
     * @return false for a key that may be refused with {@link dev.morgana.spi.error.InvalidRequestException} because of
     *     another one; true if not overridden
     */
    default boolean canHold(byte[] key) {
        return true;
    }

    /**
     * How many values of equal size may fit less after a store was filled and cleared (items 40 and 56), in a format where
     * that depends on where the log stands.
     *
     * @return the number, 0 if not overridden
     */
    default int refillSlack() {
        return 0;
    }

    /**
     * How many random sequences are run (item 81).
     *
     * @return the number; 300 if not overridden, and 20 in the {@linkplain TestSize#SHORT short} size
     */
    default int seeds() {
        return TestSize.of(20, 300, 300);
    }

    /**
     * At how many reads of one call, evenly spread, failures begin at most (items E1 and E2).
     *
     * @return the number; 12 if not overridden, and all with {@code -Dmorgana.nightly=true}
     */
    default int readErrors() {
        return Boolean.getBoolean("morgana.nightly") ? Integer.MAX_VALUE : 12;
    }

    /**
     * Whether equal changes at equal times give equal images (item 83). Encryption draws nonces, so that they must not.
     *
     * @return true if not overridden
     */
    default boolean isReproducible() {
        return true;
    }

    /**
     * Whether {@code check} reports every damaged byte that changes an answer (item 90). Most formats cannot: a newest commit
     * that is damaged may look like one that was never finished.
     *
     * @return false if not overridden
     */
    default boolean reportsEveryLoss() {
        return false;
    }

    /**
     * Whether an error other than {@link dev.morgana.spi.error.CorruptStoreException} is right for a damaged image (item 90),
     * such as an unsupported version where no checksum covers the version.
     *
     * @param error the error of opening or reading
     * @return false if not overridden
     */
    default boolean explainsDamage(StoreException error) {
        return false;
    }
}
