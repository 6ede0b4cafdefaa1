package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.StoredRecord;
import dev.morgana.embedkv.record.Survey;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Complete records of a key that recovery has not freed yet, on every replica; after it there is one on each. */
final class OlderStates implements History {
    private record Place(Member member, StoredRecord stored) {}

    private final Surveyor surveyor;
    private final StoreLife life;

    OlderStates(Surveyor surveyor, StoreLife life) {
        this.surveyor = surveyor;
        this.life = life;
    }

    @Override
    public List<Version> versions(Key key) throws StoreException {
        return life.reading(() -> {
            Survey survey = surveyor.survey();
            List<Version> versions = new ArrayList<>();
            for (Place place : places(survey, key)) {
                StoredRecord stored = place.stored();
                versions.add(new Version(
                        versions.size(),
                        survey.blocks(place.member()).at(stored.descriptor(), 0, "record descriptor"),
                        "generation " + stored.generation(),
                        OptionalLong.of(stored.size()),
                        survey.counts(stored, place.member())));
            }
            return versions;
        });
    }

    private static List<Place> places(Survey survey, Key key) {
        List<Place> places = new ArrayList<>();
        survey.scans()
                .forEach((member, scan) -> scan.records()
                        .getOrDefault(key.toBytes(), List.of())
                        .forEach(stored -> places.add(new Place(member, stored))));
        places.sort(Comparator.comparingLong((Place place) -> place.stored().generation())
                .thenComparingInt(place -> place.member().position()));
        return places;
    }

    @Override
    public InputStream open(Key key, Version version) throws StoreException {
        return life.reading(() -> {
            Survey survey = surveyor.survey();
            for (Place place : places(survey, key)) {
                int block = place.stored().descriptor();
                if (survey.blocks(place.member())
                        .at(block, 0, "record descriptor")
                        .equals(version.position())) {
                    return new ByteArrayInputStream(survey.read(place.member(), place.stored()));
                }
            }
            throw new NoSuchKeyException(key);
        });
    }
}
