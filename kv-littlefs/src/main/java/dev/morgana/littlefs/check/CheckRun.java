package dev.morgana.littlefs.check;

import dev.morgana.littlefs.exam.Survey;
import dev.morgana.littlefs.file.ContentHash;
import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.ContentDigest;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One check of an image: first along the thread, for the space that is in use and the global state, then along the tree, for
 * the names; then what the one has and the other has not (littlefs page, sections 10 and 13.1).
 */
public final class CheckRun {
    public static final String HALF_ORPHAN = "half-orphan";
    public static final String ORPHANED_PAIR = "orphaned-pair";
    public static final String DIGEST_MISMATCH = "digest-mismatch";

    private final Settings settings;
    private final Survey survey;
    private final Volume volume;
    private final Findings findings;
    private final BlockClaims claims;
    private final PairCheck pairCheck;
    private final TagCheck tagCheck;
    private final FileCheck fileCheck;
    private final boolean deep;

    /** The pairs on the thread by each of their blocks. */
    private final Map<Long, BlockPair> thread = new HashMap<>();

    private final Set<BlockPair> examined = new HashSet<>();
    private final Set<BlockPair> reached = new HashSet<>();
    private final Deque<Visit> pending = new ArrayDeque<>();
    private final Set<Position> reported = new HashSet<>();
    private boolean treeComplete = true;
    private boolean orphansFound;

    /** A directory to visit; the path ends in a slash. */
    private record Visit(String path, BlockPair first, Position where) {}

    public CheckRun(Blocks blocks, Settings settings, boolean deep, Findings findings) throws StoreException {
        this.settings = settings;
        this.survey = Survey.of(blocks, settings);
        this.volume = survey.volume();
        this.findings = findings;
        this.claims = new BlockClaims(findings);
        this.pairCheck = new PairCheck(volume.blocks(), volume.dialect(), findings);
        this.tagCheck = new TagCheck(volume.blocks(), volume.dialect(), findings);
        this.fileCheck = new FileCheck(volume, findings, claims, deep);
        this.deep = deep;
    }

    public void run() throws StoreException {
        if (survey.thread().isEmpty()) {
            pairCheck.explain(BlockPair.SUPERBLOCK);
        } else {
            checkThread();
            checkTree();
        }
        reportObstacles();
        if (volume.dialect() == Dialect.CHAMELON) {
            checkMountability();
        } else {
            checkOrphans();
            checkGlobalState();
        }
    }

    /** What the walk along the thread stumbled over, unless the walk through the tree did at the same place. */
    private void reportObstacles() {
        for (Survey.Problem problem : survey.problems()) {
            boolean known =
                    problem.reason() instanceof CorruptStoreException corrupt && reported.contains(corrupt.position());
            if (!known) {
                findings.error(problem.rule(), problem.where(), problem.reason(), "");
            }
        }
    }

    private void checkMountability() throws StoreException {
        if (!survey.problems().isEmpty() || !treeComplete) {
            return;
        }
        for (StandardMountability.Reason reason :
                StandardMountability.reasons(volume, settings, claims.hasConflicts())) {
            findings.info(
                    reason.rule(),
                    volume.blocks().position(0, 0, "file system"),
                    "an image to write to by the rules of littlefs",
                    reason.text(),
                    "");
        }
    }

    private void checkThread() throws StoreException {
        for (Survey.Step step : survey.thread()) {
            BlockPair pair = step.address();
            for (long block : new long[] {pair.first(), pair.second()}) {
                claims.claim(block, step.where(), "pair " + pair);
                thread.put(block, pair);
            }
            examine(pair);
        }
    }

    /** Looks at the blocks of a pair, once. The first block of the address is the active one. */
    private void examine(BlockPair pair) throws StoreException {
        if (examined.add(pair.ordered())) {
            pairCheck.check(pair);
            tagCheck.check(volume.pairs().get(pair, volume.blocks().position(pair.first(), 0, "metadata pair")));
        }
    }

    private void checkTree() throws StoreException {
        pending.push(new Visit(
                "/", volume.root(), volume.blocks().position(volume.root().first(), 0, "root directory")));
        while (!pending.isEmpty()) {
            Visit visit = pending.pop();
            try {
                checkDirectory(visit);
            } catch (CorruptStoreException e) {
                treeComplete = false;
                reported.add(e.position());
                findings.error("unreadable-directory", visit.where(), e, visit.path());
            }
        }
    }

    private void checkDirectory(Visit visit) throws StoreException {
        EntryCheck entries = new EntryCheck(volume, findings, visit.path());
        BlockPair next = visit.first();
        Position where = visit.where();
        boolean moved = false;
        int pairs = 0;
        while (next != null) {
            pairs++;
            if (!reached.add(next.ordered())) {
                treeComplete = false;
                reported.add(where);
                findings.error("directory-twice", where, "a pair of one directory only", "pair " + next, visit.path());
                return;
            }
            MetadataPair pair = volume.pairs().get(next, where);
            moved |= checkOnThread(next, where, visit.path(), moved);
            examine(pair.blocks());
            entries.check(pair);
            if (volume.dialect() == Dialect.LITTLEFS) {
                followEntries(pair, visit.path());
            }
            Tail tail = pair.state().tail();
            next = hardTail(tail);
            if (tail != null) {
                where = volume.blocks().position(pair.activeBlock(), tail.offset(), "tail");
            }
        }
        if (volume.dialect() == Dialect.CHAMELON) {
            reportSplit(visit, pairs);
            // Of a name that stands there several times, one entry counts (rule R6).
            for (DirectoryEntry entry : new Directory(volume, visit.first(), visit.where()).entries()) {
                followEntry(entry.pair(), entry.id(), visit.path());
            }
        }
    }

    /** Chamelon drops the tail of a pair that it compacts (chamelon page, section 6). */
    private void reportSplit(Visit visit, int pairs) {
        if (pairs > 1) {
            findings.info(
                    "chamelon-several-pairs",
                    visit.where(),
                    "a directory of one pair; chamelon loses entries of larger ones when it changes them",
                    pairs + " pairs",
                    visit.path());
        }
    }

    private static @Nullable BlockPair hardTail(@Nullable Tail tail) {
        return tail != null && tail.hard() ? tail.pair() : null;
    }

    private void followEntries(MetadataPair pair, String path) throws StoreException {
        for (int id = 0; id < pair.state().entries().size(); id++) {
            followEntry(pair, id, path);
        }
    }

    private void followEntry(MetadataPair pair, int id, String path) throws StoreException {
        MetadataEntry entry = pair.state().entries().get(id);
        Position where = volume.blocks().position(pair.activeBlock(), entry.offset(), "entry " + id);
        String subject = path + entry.name();
        boolean hidden = volume.globalState().hides(pair.blocks(), id);
        if (entry.isDirectory() && entry.struct() instanceof EntryStruct.Directory directory && !hidden) {
            pending.push(new Visit(subject + "/", directory.pair(), where));
        } else if (entry.isFile() && entry.struct() instanceof EntryStruct.Ctz ctz && !hidden) {
            fileCheck.check(ctz.head(), where, subject);
            byte[] digest = entry.attributes().get(ContentDigest.ATTRIBUTE);
            if (deep && digest != null) {
                checkDigest(new DirectoryEntry(pair, id), ctz.head(), digest, subject);
            }
        }
    }

    /** What was read otherwise than it was written; whoever does not know the digest may have left an outdated one. */
    private void checkDigest(DirectoryEntry file, CtzHead head, byte[] stored, String subject) throws StoreException {
        Optional<ContentDigest> digest = ContentDigest.decode(stored);
        Position where = volume.blocks().position(head.head(), 0, FileCheck.STRUCTURE);
        if (digest.isEmpty() || !digest.get().file().equals(head)) {
            findings.info(
                    "outdated-digest", where, "a digest of what the file is now", "one of something else", subject);
            return;
        }
        try {
            String expected = HexFormat.of().formatHex(digest.get().sha256());
            String found = HexFormat.of().formatHex(ContentHash.of(FileContent.of(volume, file)));
            if (!found.equals(expected)) {
                findings.error(DIGEST_MISMATCH, where, "content of the digest " + expected, found, subject);
            }
        } catch (CorruptStoreException | BadBlockException e) {
            reported.add(where); // The check of its blocks tells.
        }
    }

    /**
     * Compares the tree's address of a pair with the thread's; a pair that is moved is known to the tree first, together with
     * those that were split off when it was.
     *
     * @param moved whether a pair before it in its directory was moved
     * @return whether this one was
     */
    private boolean checkOnThread(BlockPair pair, Position where, String path, boolean moved) {
        BlockPair threaded = thread.getOrDefault(pair.first(), thread.get(pair.second()));
        boolean pending = volume.globalState().hasOrphans();
        if (volume.dialect() == Dialect.CHAMELON || threaded == null) {
            boolean explained = volume.dialect() == Dialect.CHAMELON || (moved && pending);
            if (!explained && survey.isThreadComplete()) {
                findings.error("unthreaded-directory", where, "a pair on the thread", "pair " + pair, path);
            }
            claimUnthreaded(pair, where, path);
            return false;
        }
        reached.add(threaded.ordered());
        if (threaded.sameBlocks(pair)) {
            return false;
        }
        String found = "pair " + pair + ", the thread has " + threaded;
        halfDone(HALF_ORPHAN, where, "the same pair on the thread", found, path);
        claims.claim(threaded.contains(pair.first()) ? pair.second() : pair.first(), where, path);
        return true;
    }

    private void claimUnthreaded(BlockPair pair, Position where, String path) {
        if (!thread.containsKey(pair.first())) {
            claims.claim(pair.first(), where, path);
            claims.claim(pair.second(), where, path);
        }
    }

    /** Pairs on the thread that no directory has. Where a directory cannot be read, nothing can be said. */
    private void checkOrphans() {
        boolean inChain = true;
        for (Survey.Step step : survey.thread()) {
            inChain &= step.ofSuperblock();
            if (!inChain && treeComplete && !reached.contains(step.address().ordered())) {
                halfDone(ORPHANED_PAIR, step.where(), "a directory", "pair " + step.address() + " without", "");
            }
        }
    }

    private void checkGlobalState() throws StoreException {
        MoveState state = volume.globalState();
        Position where = volume.blocks().position(volume.root().first(), 0, "global state");
        if (state.hasOrphans()) {
            checkFlag(where);
        }
        if (!state.hasMove()) {
            return;
        }
        String found = "entry " + state.sourceId() + " of pair " + state.source() + " is still to be deleted";
        BlockPair source = thread.getOrDefault(
                state.source().first(), thread.get(state.source().second()));
        if (source == null || !hasEntry(source, state.sourceId(), where)) {
            findings.error("pending-move", where, "a pair on the thread that has the entry", found, "");
        } else {
            halfDone("pending-move", where, "nothing left to do", found, "");
        }
    }

    /** The C implementation leaves the flag behind where it has unlinked the orphan itself, until its next commit. */
    private void checkFlag(Position where) {
        boolean needless = treeComplete && survey.problems().isEmpty() && !orphansFound;
        String expected = "nothing left to do";
        if (needless) {
            findings.note("pending-orphans", where, expected, "the flag for orphans, and no orphan", "");
        } else {
            halfDone("pending-orphans", where, expected, "the flag for orphans", "");
        }
    }

    /**
     * What an interrupted writer has left. It can be cleared only where the file system can be mounted, and orphans only where
     * every directory can be read.
     */
    private void halfDone(String rule, Position where, String expected, String found, String subject) {
        orphansFound |= rule.equals(ORPHANED_PAIR) || rule.equals(HALF_ORPHAN);
        if (survey.problems().isEmpty()
                && (treeComplete || !volume.globalState().hasOrphans())) {
            findings.repairable(rule, where, expected, found, subject);
        } else {
            findings.warning(rule, where, expected, found, subject);
        }
    }

    private boolean hasEntry(BlockPair pair, int id, Position where) throws StoreException {
        List<MetadataEntry> entries = volume.pairs().get(pair, where).state().entries();
        return id < entries.size() && !entries.get(id).isSuperblock();
    }
}
