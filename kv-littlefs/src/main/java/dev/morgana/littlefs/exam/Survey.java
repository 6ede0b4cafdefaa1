package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.SuperblockRules;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Pairs;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be known of a file system that may be damaged. Unlike {@link Mount} it goes on where it can, tells what stood in
 * the way, and fails only if the device does.
 */
public final class Survey {
    private final Blocks device;
    private final Settings settings;
    private final List<Step> thread = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Superblock superblock;
    private BlockPair root = BlockPair.SUPERBLOCK;
    private boolean threadComplete = true;
    private MoveState globalState = MoveState.NONE;

    /**
     * A pair on the thread.
     *
     * @param address its blocks as the tail before it has them
     * @param where where that tail stands
     * @param ofSuperblock whether it has a superblock entry
     */
    public record Step(BlockPair address, Position where, boolean ofSuperblock) {}

    /**
     * What stood in the way.
     *
     * @param rule which rule is broken: {@code superblock} or {@code thread}
     * @param where the place
     * @param reason what a mount would say
     */
    public record Problem(String rule, Position where, StoreException reason) {}

    private Survey(Blocks device, Settings settings) {
        this.device = device;
        this.settings = settings;
        this.superblock = new Superblock(
                Settings.MAJOR_VERSION << 16 | settings.minorVersion(),
                device.size(),
                device.count(),
                settings.nameMax(),
                settings.fileMax(),
                settings.attrMax());
    }

    /**
     * Surveys a device.
     *
     * @param device all blocks that the device has
     * @throws DeviceException if the device fails
     */
    public static Survey of(Blocks device, Settings settings) throws DeviceException {
        Survey survey = new Survey(device, settings);
        Pairs pairs = new Pairs(device, settings);
        ThreadWalk thread = new ThreadWalk(pairs);
        Position where = thread.where();
        try {
            MetadataPair pair = thread.next();
            while (pair != null) {
                survey.take(pair, where);
                where = thread.where();
                pair = settings.dialect() == Dialect.CHAMELON ? null : thread.next();
            }
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            survey.threadComplete = false;
            survey.problems.add(new Problem("thread", where, e));
        }
        return survey;
    }

    private void take(MetadataPair pair, Position where) throws StoreException {
        Optional<Superblock> found = pair.state().superblock();
        if (found.isPresent()) {
            Position at = device.position(
                    pair.activeBlock(), pair.state().entries().get(0).offset(), "superblock");
            takeSuperblock(found.get(), at);
            root = pair.blocks();
        } else if (thread.isEmpty()) {
            problems.add(new Problem("superblock", where, PeerError.corrupt(where, "a superblock entry", "none")));
        } else {
            new SuperblockRules(device, settings).checkWithin(counted(), pair.blocks(), where);
        }
        thread.add(new Step(pair.blocks(), where, found.isPresent()));
        globalState = globalState.xor(pair.state().moveDelta());
    }

    private void takeSuperblock(Superblock found, Position where) {
        SuperblockRules rules = new SuperblockRules(device, settings);
        try {
            rules.check(found, where);
            if (found.blockCount() > device.count()) {
                throw rules.tooShort(found, where);
            }
        } catch (StoreException e) {
            problems.add(new Problem("superblock", where, e));
        }
        superblock = found;
    }

    /** The superblock, with a number of blocks that the device has. */
    private Superblock counted() {
        long count = superblock.blockCount() < 2 ? device.count() : Math.min(superblock.blockCount(), device.count());
        return superblock.withBlockCount(count);
    }

    /** The pairs on the thread in order, as far as it can be followed; in chamelon's dialect only the first. */
    public List<Step> thread() {
        return List.copyOf(thread);
    }

    /** What a mount would stumble over, in order. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Whether the thread could be followed to its end. */
    public boolean isThreadComplete() {
        return threadComplete;
    }

    /** The file system as far as it is known; with a new, empty cache. */
    public Volume volume() {
        Superblock counted = counted();
        Pairs pairs = new Pairs(device.withCount(counted.blockCount()), settings);
        return new Volume(pairs, settings, counted, root, globalState, 0);
    }
}
