package dev.morgana.tck.store;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.RawKeys;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.StoreInfo;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.RandomRuns;
import dev.morgana.tck.model.TreeState;
import dev.morgana.tck.power.Findings;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.readerror.ReadErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One store under test, set up as one variant says, on media of its own. Made for one test. */
public final class Bench implements RandomRuns.Subject {
    private static final int LONGEST_KEY = 24;

    private final StoreFixture fixture;
    private final Variant variant;
    private final TestClock clock = new TestClock();
    private final List<TestMedium> media = new ArrayList<>();
    private List<BlockDevice> devices = List.of();
    private @Nullable KeyValueStore store;

    Bench(StoreFixture fixture, Variant variant) {
        this.fixture = fixture;
        this.variant = variant;
    }

    /**
     * The store as a tree. The first call formats and opens it.
     *
     * @return the store that is open now
     * @throws StoreException if it cannot be formatted or opened
     */
    @Override
    public KeyValueStore store() throws StoreException {
        if (store == null) {
            if (media.isEmpty()) {
                format();
            }
            store = open(false);
        }
        return store;
    }

    /**
     * The raw keys of the store, if the format is flat.
     *
     * @return the flat store behind {@link #store()}, or empty for a tree
     * @throws StoreException if it cannot be formatted or opened
     */
    public Optional<FlatStore> flat() throws StoreException {
        return store().facet(RawKeys.class).map(RawKeys::flat);
    }

    @Override
    public KeyValueStore reopen() throws StoreException {
        closeStore();
        return store();
    }

    /**
     * Closes the store, and opens it on devices that cannot be changed.
     *
     * @return the store
     * @throws StoreException if it cannot be opened
     */
    public KeyValueStore reopenReadOnly() throws StoreException {
        store();
        closeStore();
        KeyValueStore opened = open(true);
        store = opened;
        return opened;
    }

    /**
     * Closes the store, and formats its devices, whatever is on them.
     *
     * @throws StoreException if that fails
     */
    public void format() throws StoreException {
        closeStore();
        List<BlockDevice> used = openDevices(false);
        provider().format(used, variant.formatOptions());
        closeDevices(used);
    }

    private KeyValueStore open(boolean readOnly) throws StoreException {
        devices = openDevices(readOnly);
        return Morgana.tree(provider().open(devices, openOptions()));
    }

    /**
     * Opens the media, as a driver would. The store must be closed.
     *
     * @param readOnly whether the devices refuse to be changed
     * @return the devices, as many as the variant has
     * @throws DeviceException if they cannot be opened
     */
    public List<BlockDevice> openDevices(boolean readOnly) throws DeviceException {
        while (media.size() < variant.devices()) {
            media.add(fixture.media().create(variant.geometry()));
        }
        List<BlockDevice> opened = new ArrayList<>();
        for (TestMedium medium : media) {
            opened.add(medium.open(readOnly));
        }
        return opened;
    }

    /** Closes the store if it is open. */
    void closeStore() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    static void closeDevices(List<BlockDevice> devices) throws DeviceException {
        for (BlockDevice device : devices) {
            device.close();
        }
    }

    /**
     * What the devices hold.
     *
     * @return the bytes of each device
     * @throws DeviceException if reading fails
     */
    public List<byte[]> images() throws DeviceException {
        if (store != null) {
            return read(devices);
        }
        List<BlockDevice> opened = openDevices(true);
        List<byte[]> images = read(opened);
        closeDevices(opened);
        return images;
    }

    private static List<byte[]> read(List<BlockDevice> devices) throws DeviceException {
        List<byte[]> images = new ArrayList<>();
        for (BlockDevice device : devices) {
            Geometry geometry = device.geometry();
            ByteBuffer image = ByteBuffer.allocate(Math.toIntExact(geometry.sizeBytes()));
            device.read(0, image);
            images.add(image.array());
        }
        return images;
    }

    /**
     * The format.
     *
     * @return its provider
     */
    public StoreProvider provider() {
        return fixture.provider();
    }

    /**
     * How the store is set up.
     *
     * @return the variant
     */
    public Variant variant() {
        return variant;
    }

    /**
     * The clock that the store is given.
     *
     * @return the clock, which the test moves
     */
    public TestClock clock() {
        return clock;
    }

    /**
     * What the store tells of itself.
     *
     * @return the information
     * @throws StoreException if it cannot be formatted or opened
     */
    public StoreInfo info() throws StoreException {
        return store().info();
    }

    /**
     * The options for opening.
     *
     * @return those of the variant, with the clock where the format takes one
     */
    public Options openOptions() {
        return takes(CommonOptions.CLOCK)
                ? variant.openOptions().with(CommonOptions.CLOCK, clock)
                : variant.openOptions();
    }

    /** Whether the format declares an option. */
    boolean takes(Option<?> option) {
        return provider().options().stream()
                .anyMatch(declared -> declared.name().equals(option.name()));
    }

    /**
     * A size that values may have here.
     *
     * @param wanted the size that the test would like, in bytes
     * @param values how many such values there are at a time
     * @return that size, or less if that is more than the format allows or the store is sure to hold
     * @throws StoreException if the store cannot be formatted or opened
     */
    public int size(long wanted, int values) throws StoreException {
        return (int) Math.min(wanted, Math.min(valueLimit(), variant.room().bytes() / values));
    }

    /** The largest value that the format allows with every key of the tests. */
    long valueLimit() throws StoreException {
        // Where key and value share a limit, the value limit is reached with a key of one byte only.
        long limit = info().limits().valueBytes().orElse(Integer.MAX_VALUE);
        return info().limits().keyBytes().isPresent() ? Math.max(1, limit - LONGEST_KEY) : limit;
    }

    /**
     * Bytes that are not the same anywhere.
     *
     * @param size how many
     * @return the bytes, the same for the same size
     */
    public static byte[] bytes(int size) {
        return new Content(size, size).bytes();
    }

    /**
     * Another store of the same variant, empty, on other media.
     *
     * @return a bench; close it
     */
    public Bench another() {
        return new Bench(fixture, variant);
    }

    /**
     * A campaign of power cuts on stores of this variant.
     *
     * @return the campaign, without second cuts
     */
    public PowerLoss powerLoss() {
        return PowerLoss.of(provider(), variant.geometry())
                .withDevices(variant.devices())
                .withOptions(variant.formatOptions(), openOptions());
    }

    /**
     * A campaign of read errors on stores of this variant.
     *
     * @return the campaign, in the length that the fixture says
     */
    public ReadErrors readErrors() {
        return ReadErrors.of(provider(), variant.geometry())
                .withDevices(variant.devices())
                .withOptions(variant.formatOptions(), openOptions())
                .withPoints(fixture.readErrors());
    }

    StoreFixture fixture() {
        return fixture;
    }

    /** If a store is open: what it holds survives a crash, and its check finds nothing wrong. */
    void expectSound() throws StoreException {
        if (store == null) {
            return;
        }
        TreeState state = TreeState.of(store);
        List<byte[]> images = images();
        Findings.expectNone(Findings.of(provider(), copies(images), openOptions()), Bench::isDefect);
        try (KeyValueStore crashed = Morgana.tree(provider().open(copies(images), openOptions()))) {
            TreeState found = TreeState.of(crashed);
            if (!found.equals(state)) {
                throw new AssertionError("after the test a crash changes the store: was " + state + ", is " + found);
            }
        }
    }

    /** Damage, or something that nothing clears. */
    private static boolean isDefect(Finding finding) {
        return finding.severity() == Severity.ERROR
                || (finding.severity() == Severity.WARNING && !finding.repairable());
    }

    /** Devices in memory with some images. */
    List<BlockDevice> copies(List<byte[]> images) {
        return images.stream()
                .<BlockDevice>map(image -> RamDevice.of(variant.geometry(), image))
                .toList();
    }

    @Override
    public void close() {
        closeStore();
        media.forEach(TestMedium::close);
    }
}
