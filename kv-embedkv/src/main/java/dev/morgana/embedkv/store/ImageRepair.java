package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Survey;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.key.Key;
import java.util.List;
import java.util.function.Consumer;

/** Recovers each replica that takes part, and rebuilds those that do not. */
final class ImageRepair implements Repair {
    private final Check check;
    private final Surveyor surveyor;
    private final VolumeSource volume;
    private final Settings settings;
    private final StoreLife life;

    /** Gives a volume that was just recovered. */
    interface VolumeSource {
        Volume recovered() throws StoreException;
    }

    ImageRepair(Check check, Surveyor surveyor, VolumeSource volume, Settings settings, StoreLife life) {
        this.check = check;
        this.surveyor = surveyor;
        this.volume = volume;
        this.settings = settings;
        this.life = life;
    }

    @Override
    public List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        return life.changing(() -> {
            if (settings.readOnly() && !dryRun) {
                throw new ReadOnlyStoreException("repair");
            }
            Survey survey = surveyor.survey();
            for (Member member : survey.members()) {
                member.requireRead();
            }
            survey.scans().keySet().forEach(member -> tellRecovery(survey, member, actions));
            survey.disagreements()
                    .forEach(one -> actions.accept(new Action(
                            whole(one.member()),
                            Key.escape(one.key()) + ": make it " + one.expected() + " instead of " + one.found(),
                            "")));
            if (dryRun) {
                survey.members().stream()
                        .filter(member -> member.state() != Member.State.WORKING)
                        .forEach(member -> actions.accept(rebuilding(member)));
            } else {
                volume.recovered().rebuild(member -> actions.accept(rebuilding(member)));
            }
            return Repair.remaining(check, dryRun);
        });
    }

    private static void tellRecovery(Survey survey, Member member, Consumer<Action> actions) {
        survey.dead(member).stream()
                .forEach(block -> actions.accept(new Action(
                        survey.blocks(member).at(block, 0, "block"), "free it", lost(survey, member, block))));
    }

    private static String lost(Survey survey, Member member, int block) {
        return survey.scan(member).incomplete().stream()
                .filter(incomplete -> incomplete.descriptor() == block)
                .map(incomplete ->
                        "what is left of generation " + incomplete.generation() + " of " + Key.escape(incomplete.key()))
                .findFirst()
                .orElse("");
    }

    private static Action rebuilding(Member member) {
        return new Action(whole(member), "rebuild it from the others; it is " + member, "what is on it");
    }

    private static Position whole(Member member) {
        return new Position(member.device().name(), Position.NO_BLOCK, 0, "replica");
    }
}
