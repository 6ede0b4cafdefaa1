package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tools say of an image on which a power loss left two generations of a key, before anything is recovered. */
class ToolsTest {
    private static final int BLOCK_SIZE = 64;
    private static final int BLOCKS = 16;
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] OLD = "the old value takes two blocks of this size".getBytes(UTF_8);
    private static final byte[] NEW = "new".getBytes(UTF_8);

    private Replicas replicas;

    /** The blocks 1 and 2 have the old record, and block 3 the new one, as when the power fails between the two syncs. */
    @BeforeEach
    void leaveTwoGenerations() throws StoreException {
        replicas = Replicas.formatted(1, BLOCK_SIZE, BLOCKS);
        byte[] before;
        try (FlatStore store = replicas.open()) {
            store.put(KEY, OLD);
            before = replicas.image(0);
            store.put(KEY, NEW);
        }
        byte[] image = replicas.image(0);
        System.arraycopy(before, BLOCK_SIZE, image, BLOCK_SIZE, 2 * BLOCK_SIZE);
        replicas.replace(0, image);
    }

    private Inspection inspect() throws StoreException {
        return EmbedKv.inspect(replicas.devices(), Options.none());
    }

    @Test
    void historyHasBothAndReadsBoth() throws IOException {
        try (Inspection inspection = inspect()) {
            History history = inspection.facet(History.class).orElseThrow();
            List<History.Version> versions = history.versions(Key.of("key"));

            assertThat(versions)
                    .extracting(version -> version.position().block())
                    .containsExactly(1L, 3L);
            assertThat(versions).extracting(History.Version::current).containsExactly(false, true);
            assertThat(read(history, versions.get(0))).isEqualTo(OLD);
            assertThat(read(history, versions.get(1))).isEqualTo(NEW);
        }
    }

    private static byte[] read(History history, History.Version version) throws IOException {
        try (InputStream stream = history.open(Key.of("key"), version)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void usageAddsUpAndTellsWhatRecoveryFrees() throws StoreException {
        try (Inspection inspection = inspect()) {
            List<Usage.Share> shares =
                    inspection.facet(Usage.class).orElseThrow().usage();

            assertThat(shares.stream().mapToLong(Usage.Share::bytes).sum()).isEqualTo((long) BLOCK_SIZE * BLOCKS);
            assertThat(shares)
                    .filteredOn(share -> share.kind().equals("to be freed by recovery"))
                    .singleElement()
                    .satisfies(share -> assertThat(share.bytes()).isEqualTo(2L * BLOCK_SIZE));
        }
    }

    @Test
    void checkNamesTheOldOneAndDumpHasAllBlocks() throws StoreException {
        List<Finding> findings = new ArrayList<>();
        List<String> structures = new ArrayList<>();
        try (Inspection inspection = inspect()) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            inspection
                    .facet(Dump.class)
                    .orElseThrow()
                    .dump(
                            block -> true,
                            structure -> structures.add(structure.position().structure()));
        }

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("superseded-record");
            assertThat(finding.position().block()).isEqualTo(1);
            assertThat(finding.subject()).isEqualTo("key");
        });
        assertThat(structures)
                .containsExactly("storage header", "record descriptor", "value chunk", "record descriptor");
    }

    @Test
    void aDryRunOfARepairTellsWhatTheRepairDoes() throws StoreException {
        byte[] before = replicas.image(0);
        List<Repair.Action> planned = new ArrayList<>();
        List<Repair.Action> done = new ArrayList<>();
        try (Inspection inspection = inspect()) {
            Repair repair = inspection.facet(Repair.class).orElseThrow();
            repair.repair(true, planned::add);
            assertThat(replicas.image(0)).isEqualTo(before);
            repair.repair(false, done::add);
        }

        assertThat(planned).extracting(action -> action.position().block()).containsExactly(1L, 2L);
        assertThat(done).isEqualTo(planned);
        try (Inspection inspection = inspect()) {
            assertThat(inspection.facet(History.class).orElseThrow().versions(Key.of("key")))
                    .hasSize(1);
        }
    }
}
