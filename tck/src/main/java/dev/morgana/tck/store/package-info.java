/**
 * The contract of stores, as tests that any backend runs by extending a class.
 *
 * <p>A backend supplies one {@link dev.morgana.tck.store.StoreFixture}: its provider, and the geometries and options under
 * which it is to be tried, each a {@link dev.morgana.tck.store.Variant}. Everything else the tests learn from the store
 * itself: limits and capabilities from its {@link dev.morgana.spi.store.StoreInfo}, optional behaviour by asking for the
 * facet. What a store does not have is skipped, and the skipped test says what is missing.
 *
 * <pre>{@code
 * class MyFormatContractTest extends StoreTck {
 *     protected StoreFixture fixture() {
 *         return new StoreFixture() {
 *             public StoreProvider provider() {
 *                 return new MyProvider();
 *             }
 *
 *             public List<Variant> variants() {
 *                 Options pages = Options.none().plus("pageSize", "256");
 *                 return List.of(
 *                         Variant.of("512x64", Geometry.ofBlocks(512, 64)).withRoom(4_000, 40).withSizes(120),
 *                         Variant.of("4096x128 pages of 256", new Geometry(1, 16, 4096, 128, ErasedState.ONES))
 *                                 .withOptions(pages, pages)
 *                                 .withRoom(100_000, 300));
 *             }
 *
 *             public Media media() {
 *                 return Media.flash();
 *             }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>{@link dev.morgana.tck.store.StoreTck} is all of it. Its parts can be extended one by one: keys, reading, writing,
 * renaming, durability, limits, facets, file handles, raw keys and the provider. A flat store is tried as the tree that
 * {@link dev.morgana.spi.adapter.FlatTree} makes of it, and by its raw keys.
 *
 * <p>Names of tests begin with the number of the item in the project's conformance checklist, or with a letter: F for facets,
 * R for raw keys, P for providers. The name of the variant follows in brackets or below, as the tool shows it. A test of the
 * backend's own is a method with {@link dev.morgana.tck.store.StoreTest} that takes a {@link dev.morgana.tck.store.Bench}.
 *
 * <p>When a test has passed, the store that it leaves is opened once more from a copy of its bytes, as after a crash: it must
 * hold the same, and the format's own check must find nothing wrong.
 *
 * <p>Power cuts of the backend's own scenarios are in {@link dev.morgana.tck.power}, models and random operations in
 * {@link dev.morgana.tck.model}; {@link dev.morgana.tck.reference} is a whole backend to look at.
 *
 * <p>More than thirty types, since each part of the contract is a class that a backend can subclass alone.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.tck.store;

import org.jspecify.annotations.NullMarked;
