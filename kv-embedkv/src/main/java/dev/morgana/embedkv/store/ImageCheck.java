package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.Incomplete;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Scan;
import dev.morgana.embedkv.record.StoredRecord;
import dev.morgana.embedkv.record.Survey;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks every replica, and all of them against each other. Both depths are the same: every block is read and verified, since
 * nothing but its own checksum tells whether it is right. What a power loss leaves and what damage leaves looks the same, and
 * recovery clears it; so it is a warning.
 */
final class ImageCheck implements Check {
    private final Surveyor surveyor;
    private final List<BlockDevice> devices;
    private final StoreLife life;

    ImageCheck(Surveyor surveyor, List<BlockDevice> devices, StoreLife life) {
        this.surveyor = surveyor;
        this.devices = devices;
        this.life = life;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        life.reading(() -> {
            check(findings);
            return true;
        });
    }

    private void check(Consumer<Finding> findings) throws StoreException {
        Survey survey;
        try {
            survey = surveyor.survey();
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            findings.accept(unopenable(e));
            return;
        }
        for (Member member : survey.members()) {
            if (member.state() != Member.State.WORKING && member.isRead()) {
                findings.accept(left(member));
            }
        }
        survey.scans().forEach((member, scan) -> checkReplica(survey, member, scan, findings));
        survey.disagreements()
                .forEach(one -> findings.accept(new Finding(
                        Severity.WARNING,
                        "replicas-disagree",
                        whole(one.member()),
                        one.expected(),
                        one.found(),
                        Key.escape(one.key()),
                        true)));
        for (Member member : survey.members()) {
            member.requireRead();
        }
    }

    private Finding unopenable(StoreException reason) {
        if (reason instanceof CorruptStoreException corrupt) {
            return new Finding(
                    Severity.ERROR, "no-header", corrupt.position(), corrupt.expected(), corrupt.found(), "", false);
        }
        Position start = new Position(devices.get(0).name(), 0, 0, "storage header");
        return new Finding(
                Severity.ERROR,
                "no-header",
                start,
                "a store that can be opened",
                String.valueOf(reason.getMessage()),
                "",
                false);
    }

    private static Position whole(Member member) {
        return new Position(member.device().name(), Position.NO_BLOCK, 0, "replica");
    }

    private static Finding left(Member member) {
        String rule = member.state() == Member.State.STALE ? "replica-stale" : "replica-broken";
        return new Finding(
                Severity.WARNING, rule, whole(member), "a replica that takes part", member.reason(), "", true);
    }

    private static void checkReplica(Survey survey, Member member, Scan scan, Consumer<Finding> findings) {
        Blocks blocks = survey.blocks(member);
        if (survey.isTorn(member)) {
            findings.accept(warning(
                    "torn-header", blocks.at(0, 0, "storage header"), "a whole header", "one half rewritten", ""));
        }
        BitSet told = new BitSet();
        for (Incomplete incomplete : scan.incomplete()) {
            told.set(incomplete.descriptor());
            Defect defect = incomplete.defect();
            findings.accept(warning(
                    "incomplete-record",
                    blocks.at(incomplete.block(), defect.offset(), "record"),
                    defect.expected(),
                    defect.found(),
                    Key.escape(incomplete.key())));
        }
        for (List<StoredRecord> records : scan.records().values()) {
            for (StoredRecord stored : records) {
                Arrays.stream(stored.blocks()).forEach(told::set);
                if (records.size() > 1 && !survey.counts(stored, member)) {
                    findings.accept(superseded(blocks, stored));
                }
            }
        }
        BitSet loose = scan.loose();
        loose.andNot(told);
        loose.stream()
                .forEach(block -> findings.accept(warning(
                        "loose-block", blocks.at(block, 0, "block"), "part of a record, or free", "neither", "")));
    }

    private static Finding superseded(Blocks blocks, StoredRecord stored) {
        return warning(
                "superseded-record",
                blocks.at(stored.descriptor(), 0, "record descriptor"),
                "one record of a key",
                "another one, generation " + stored.generation(),
                Key.escape(stored.key()));
    }

    private static Finding warning(String rule, Position where, String expected, String found, String subject) {
        return new Finding(Severity.WARNING, rule, where, expected, found, subject, true);
    }
}
