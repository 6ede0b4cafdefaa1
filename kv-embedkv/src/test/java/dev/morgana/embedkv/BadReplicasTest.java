package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Devices that are no replicas of one store, or not those that they ought to be. */
class BadReplicasTest {
    private static final int BLOCK_SIZE = 64;
    private static final int BLOCKS = 20;
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] OTHER = "other".getBytes(UTF_8);
    private static final byte[] OLD = "the old value, longer than one block can take beside the key".getBytes(UTF_8);
    private static final byte[] NEW = "new".getBytes(UTF_8);

    private Replicas replicas;

    @BeforeEach
    void formatAndPut() throws StoreException {
        replicas = Replicas.formatted(3, BLOCK_SIZE, BLOCKS);
        try (FlatStore store = replicas.open()) {
            store.put(KEY, OLD);
        }
    }

    private static void expectDegraded(FlatStore store, int replica, String reason) throws StoreException {
        assertThat(store.info().properties()).containsEntry("degraded", "true");
        assertThat(store.info().properties().get("replica" + replica)).contains(reason);
        assertThat(store.get(KEY)).hasValue(OLD);
    }

    private static void expectRepairs(FlatStore store) throws StoreException {
        store.facet(Repair.class).orElseThrow().repair(false, action -> {});
        assertThat(store.info().properties()).doesNotContainKey("degraded");
    }

    @Nested
    class OneOfAnother {
        @Test
        void numberOfBlocksIsLeftOut() throws StoreException {
            replicas.replace(1, Replicas.formatted(1, BLOCK_SIZE, BLOCKS + 1).image(0));

            try (FlatStore store = replicas.open()) {
                expectDegraded(store, 1, "20 blocks of 64 bytes as in the first replica");
                expectRepairs(store);
            }
        }

        @Test
        void blockSizeIsLeftOut() throws StoreException {
            replicas.replace(0, Arrays.copyOf(Replicas.formatted(1, 128, 10).image(0), BLOCK_SIZE * BLOCKS));

            try (FlatStore store = replicas.open()) {
                expectDegraded(store, 0, "10 blocks of 128 bytes");
                expectRepairs(store);
            }
        }

        @Test
        void formatIsLeftOut() throws StoreException {
            byte[] other = new byte[BLOCK_SIZE * BLOCKS];
            Arrays.fill(other, (byte) 'x');
            replicas.replace(2, other);

            try (FlatStore store = replicas.open()) {
                expectDegraded(store, 2, "block type 1");
                expectRepairs(store);
            }
        }

        @Test
        void geometryThatIsTooSmallForTheStoreCannotBeRepaired() throws StoreException {
            replicas.replace(2, Replicas.formatted(1, BLOCK_SIZE, 5).image(0));
            byte[] small = replicas.image(2);

            try (FlatStore store = replicas.open()) {
                expectDegraded(store, 2, "5 blocks of 64 bytes");
                assertThatThrownBy(() -> store.facet(Repair.class).orElseThrow().repair(false, action -> {}))
                        .isInstanceOf(InvalidOptionException.class)
                        .hasMessageContaining("20 blocks of 64 bytes do not fit");
                expectDegraded(store, 2, "5 blocks of 64 bytes");
            }
            assertThat(replicas.image(2)).isEqualTo(small);
        }
    }

    @Test
    void noneThatIsGoodIsAnErrorThatSaysWhy() {
        for (int i = 0; i < replicas.count(); i++) {
            replicas.replace(i, new byte[BLOCK_SIZE * BLOCKS]);
        }

        assertThatThrownBy(() -> replicas.open())
                .isInstanceOf(CorruptStoreException.class)
                .satisfies(e -> assertThat(((StoreException) e).nativeCode()).hasValue("InvalidHeader"))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    }

    @Test
    void theSameDeviceTwiceIsRefused() {
        BlockDevice device = replicas.devices().get(0);

        assertThatThrownBy(() -> EmbedKv.open(List.of(device, device), Options.none()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> EmbedKv.format(List.of(device, device), Options.none()))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> EmbedKv.inspect(List.of(device, device), Options.none()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void noDeviceIsRefused() {
        assertThatThrownBy(() -> EmbedKv.open(List.of(), Options.none()))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(e -> assertThat(((StoreException) e).nativeCode()).hasValue("NoReplicas"));
    }

    @Test
    void anotherOrderMakesNoDifference() throws StoreException {
        Replicas swapped = new Replicas(BLOCK_SIZE, List.of(replicas.image(2), replicas.image(0), replicas.image(1)));

        try (FlatStore store = swapped.open()) {
            assertThat(store.info().properties()).doesNotContainKey("degraded");
            store.put(KEY, NEW);
        }
        Replicas back = new Replicas(BLOCK_SIZE, List.of(swapped.image(1), swapped.image(2), swapped.image(0)));
        try (FlatStore store = back.open()) {
            assertThat(store.get(KEY)).hasValue(NEW);
        }
    }

    @Nested
    class OneThatMissedChanges {
        @BeforeEach
        void missSome() throws StoreException {
            try (FlatStore store = replicas.open()) {
                store.put(OTHER, OLD);
                replicas.fail(1);
                store.remove(OTHER);
                store.put(KEY, OLD);
            }
            replicas.heal(1);
        }

        @Test
        void isLeftOutAndTellsSo() throws StoreException {
            try (FlatStore store = replicas.open()) {
                expectDegraded(store, 1, "missed changes: its epoch is 0, the others' 1");
                assertThat(store.get(OTHER)).isEmpty();
            }
        }

        @Test
        void isLeftOutAlsoIfOneOtherIsAllThatIsLeft() throws StoreException {
            Replicas two = new Replicas(BLOCK_SIZE, List.of(replicas.image(1), replicas.image(2)));

            try (FlatStore store = two.open()) {
                expectDegraded(store, 0, "stale");
                assertThat(store.get(OTHER)).isEmpty();
                expectRepairs(store);
            }
            try (FlatStore store = new Replicas(BLOCK_SIZE, List.of(two.image(0))).open()) {
                assertThat(store.get(KEY)).hasValue(OLD);
                assertThat(store.get(OTHER)).isEmpty();
            }
        }

        @Test
        void isReportedByTheCheck() throws StoreException {
            List<Finding> findings = new ArrayList<>();
            try (FlatStore store = replicas.open()) {
                store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            }

            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("replica-stale");
                assertThat(finding.repairable()).isTrue();
            });
        }
    }

    @Test
    void anOlderCopyIsOutvotedAndListedKeyByKey() throws StoreException {
        byte[] older = replicas.image(2);
        try (FlatStore store = replicas.open()) {
            store.put(KEY, NEW);
            store.put(OTHER, NEW);
        }
        replicas.replace(2, older);
        List<Finding> findings = new ArrayList<>();
        try (var inspection = EmbedKv.inspect(replicas.devices(), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }

        assertThat(findings)
                .filteredOn(finding -> finding.rule().equals("replicas-disagree"))
                .extracting(Finding::subject)
                .containsExactly("key", "other");
        try (FlatStore store = replicas.open()) {
            assertThat(store.get(KEY)).hasValue(NEW);
            assertThat(store.get(OTHER)).hasValue(NEW);
        }
    }
}
