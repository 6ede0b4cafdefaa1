package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.mend.ScratchDevice;
import dev.morgana.littlefs.mend.Shrinking;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes what the superblock says: raises the version, which nothing else does unless it is asked to, and lowers the number of
 * blocks. From version 2.1 there is no way back: it has commits that drivers of 2.0 do not understand.
 *
 * @param blocks the blocks of the device
 * @param given what was said of the file system as it is
 * @param changeable mounts what is on them to be changed, or refuses that
 * @param readOnly whether nothing may be written
 * @param life of the device
 */
record SuperblockChange(
        Blocks blocks, Settings given, StoreLife.Action<Volume> changeable, boolean readOnly, StoreLife life)
        implements Reconfiguration {
    private static final List<Option<?>> CHANGEABLE =
            List.of(LittleFsOptions.DISK_VERSION, LittleFsOptions.BLOCK_COUNT);

    @Override
    public List<Option<?>> settings() {
        life.requireOpen();
        return CHANGEABLE;
    }

    @Override
    public Outcome reconfigure(Options wanted, boolean dryRun) throws StoreException {
        wanted.check(CHANGEABLE);
        return life.changing(() -> change(wanted, dryRun));
    }

    private Outcome change(Options wanted, boolean dryRun) throws StoreException {
        Volume volume = changeable.run();
        Superblock now = volume.superblock();
        int minor = wanted.optional(LittleFsOptions.DISK_VERSION)
                .map(DiskVersion::minor)
                .orElse(now.minor());
        long count =
                wanted.has(LittleFsOptions.BLOCK_COUNT) ? wanted.get(LittleFsOptions.BLOCK_COUNT) : now.blockCount();
        requireVersion(now, minor);
        requireCount(now, count);
        if (readOnly && !dryRun) {
            throw new ReadOnlyStoreException("reconfigure");
        }
        List<Setting> changed = changed(now, minor, count);
        long used = bytes(new FileSystem(volume));
        if (changed.isEmpty()) {
            return new Outcome(changed, entries(volume), used, used);
        }
        // A dry run does the same to a copy in memory: whether everything fits is known only then.
        Blocks target = dryRun ? new Blocks(new ScratchDevice(blocks.device()), blocks.count()) : blocks;
        FileSystem raising = new FileSystem(Mount.mount(target, given.withUpgradeTo(minor)));
        raising.beginOperation();
        raising.makeConsistent();
        if (count < now.blockCount()) {
            new Shrinking(target, given).run(count);
        }
        Volume after = Mount.mount(target, given.withAnyBlockCount());
        return new Outcome(changed, entries(after), used, bytes(new FileSystem(after)));
    }

    private void requireVersion(Superblock now, int minor) throws InvalidOptionException {
        boolean chamelon = given.dialect() == Dialect.CHAMELON;
        if (minor < now.minor() || (minor > now.minor() && chamelon)) {
            String reason = chamelon
                    ? "chamelon knows version 2.0 only"
                    : "an image of version " + now.versionText() + " stays one; convert it into another image";
            throw PeerError.INVAL.on(new InvalidOptionException(LittleFsOptions.DISK_VERSION.name(), reason));
        }
    }

    private void requireCount(Superblock now, long count) throws InvalidOptionException {
        if (count < 2
                || count > now.blockCount()
                || (count < now.blockCount() && given.dialect() == Dialect.CHAMELON)) {
            throw PeerError.INVAL.on(new InvalidOptionException(
                    LittleFsOptions.BLOCK_COUNT.name(),
                    count + " is not possible here; there are " + now.blockCount()
                            + ", fewer take littlefs and at least 2, more come with grow"));
        }
    }

    private static List<Setting> changed(Superblock now, int minor, long count) {
        List<Setting> settings = new ArrayList<>();
        if (minor != now.minor()) {
            settings.add(new Setting(
                    LittleFsOptions.DISK_VERSION.name(), now.versionText(), Settings.MAJOR_VERSION + "." + minor));
        }
        if (count != now.blockCount()) {
            settings.add(new Setting(
                    LittleFsOptions.BLOCK_COUNT.name(), Long.toString(now.blockCount()), Long.toString(count)));
        }
        return List.copyOf(settings);
    }

    private static long bytes(FileSystem fileSystem) throws StoreException {
        return fileSystem.allocator().used() * fileSystem.volume().blocks().size();
    }

    private static long entries(Volume volume) throws StoreException {
        TreeWalk tree = new TreeWalk(volume);
        long count = 0;
        for (List<DirectoryEntry> entries = tree.next(); entries != null; entries = tree.next()) {
            count += entries.size();
        }
        return count;
    }
}
