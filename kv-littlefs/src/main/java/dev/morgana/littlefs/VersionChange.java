package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.List;
import java.util.Optional;

/**
 * Raises the version of an image, which nothing else does unless it is asked to. There is no way back: version 2.1 has commits
 * that drivers of 2.0 do not understand.
 *
 * @param blocks the blocks of the device
 * @param given what was said of the file system as it is
 * @param changeable mounts what is on them to be changed, or refuses that
 * @param readOnly whether nothing may be written
 * @param life of the device
 */
record VersionChange(
        Blocks blocks, Settings given, StoreLife.Action<Volume> changeable, boolean readOnly, StoreLife life)
        implements Reconfiguration {
    private static final List<Option<?>> CHANGEABLE = List.of(LittleFsOptions.DISK_VERSION);

    @Override
    public List<Option<?>> settings() {
        life.requireOpen();
        return CHANGEABLE;
    }

    @Override
    public Outcome reconfigure(Options wanted, boolean dryRun) throws StoreException {
        wanted.check(CHANGEABLE);
        return life.changing(() -> change(wanted.optional(LittleFsOptions.DISK_VERSION), dryRun));
    }

    private Outcome change(Optional<DiskVersion> wanted, boolean dryRun) throws StoreException {
        Volume volume = changeable.run();
        int now = volume.superblock().minor();
        int minor = wanted.map(DiskVersion::minor).orElse(now);
        if (minor < now || (minor > now && given.dialect() == Dialect.CHAMELON)) {
            String reason = given.dialect() == Dialect.CHAMELON
                    ? "chamelon knows version 2.0 only"
                    : "an image of version " + volume.superblock().versionText()
                            + " stays one; convert it into another image";
            throw PeerError.INVAL.on(new InvalidOptionException(LittleFsOptions.DISK_VERSION.name(), reason));
        }
        if (readOnly && !dryRun) {
            throw new ReadOnlyStoreException("reconfigure");
        }
        FileSystem before = new FileSystem(volume);
        long used = bytes(before);
        if (minor == now) {
            return new Outcome(List.of(), entries(volume), used, used);
        }
        Setting raised = new Setting(
                LittleFsOptions.DISK_VERSION.name(),
                volume.superblock().versionText(),
                Settings.MAJOR_VERSION + "." + minor);
        if (dryRun) {
            return new Outcome(List.of(raised), entries(volume), used, used);
        }
        FileSystem raising = new FileSystem(Mount.mount(blocks, given.withUpgradeTo(minor)));
        raising.beginOperation();
        raising.makeConsistent();
        return new Outcome(List.of(raised), entries(raising.volume()), used, bytes(raising));
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
