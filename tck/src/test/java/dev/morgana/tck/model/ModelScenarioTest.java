package dev.morgana.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.PowerLossReport;
import dev.morgana.tck.reference.ReferenceFlatProvider;
import dev.morgana.tck.reference.ReferenceProvider;
import dev.morgana.tck.store.Campaign;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Campaign
class ModelScenarioTest {
    private static final ModelScenario SCENARIO = ModelScenario.of(
                    "every operation",
                    List.of(
                            new Operations.Put(Key.of("a"), new Content(100, 1), false),
                            new Operations.Put(Key.of("d/e/b"), new Content(300, 2), true),
                            new Operations.Write(Key.of("a"), 90, new Content(40, 3), BeyondEnd.APPEND),
                            new Operations.Allocate(Key.of("d/z"), 50),
                            new Operations.Rename(Key.of("d"), Key.of("f/g"), RenameMode.EXACT),
                            new Operations.Remove(Key.of("f/g/e/b")),
                            new Operations.Replace(Key.of("f"), new Content(10, 4)),
                            new Operations.Clear()))
            .after(List.of(new Operations.Put(Key.of("old"), new Content(20, 5), false)));

    static Stream<StoreProvider> providers() {
        return Stream.of(new ReferenceProvider(), new ReferenceFlatProvider());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void passesOnARightStore(StoreProvider provider) throws Exception {
        Geometry geometry = new Geometry(4, 16, 256, 8, ErasedState.ONES);

        PowerLossReport report =
                PowerLoss.of(provider, geometry).withRecoveryCuts().run(SCENARIO);

        assertThat(report.effective()).isPositive();
    }
}
