package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Survey;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import java.util.List;

/** Where the blocks of the first replica go that takes part. */
final class SpaceUsage implements Usage {
    private final Surveyor surveyor;
    private final StoreLife life;

    SpaceUsage(Surveyor surveyor, StoreLife life) {
        this.surveyor = surveyor;
        this.life = life;
    }

    @Override
    public List<Share> usage() throws StoreException {
        return life.reading(() -> {
            Survey survey = surveyor.survey();
            Member first = survey.scans().keySet().iterator().next();
            Blocks blocks = survey.blocks(first);
            int occupied = survey.scan(first).occupied().cardinality();
            int dead = survey.dead(first).cardinality();
            return List.of(
                    share("header", 1, 1, blocks),
                    share("records", occupied - dead, survey.records(), blocks),
                    share("to be freed by recovery", dead, dead, blocks),
                    share("free", blocks.count() - 1 - occupied, blocks.count() - 1 - occupied, blocks));
        });
    }

    private static Share share(String kind, int count, long items, Blocks blocks) {
        return new Share(kind, count, (long) count * blocks.size(), items);
    }
}
