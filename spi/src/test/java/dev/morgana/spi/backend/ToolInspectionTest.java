package dev.morgana.spi.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Growth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolInspectionTest {
    private final List<String> requests = new ArrayList<>();

    private ToolInspection inspection(StoreException error, Facets tools) {
        StoreLife life = StoreLife.shared(List.of(new NotedDevice("a", false, requests)), failure -> {});
        return new ToolInspection(
                life,
                () -> {
                    throw error;
                },
                tools);
    }

    @Test
    void damageLeavesOpenWhatTheImageIs() throws StoreException {
        Position where = new Position("a", 0, 0, "header");
        assertThat(inspection(new CorruptStoreException(where, "a", "b"), Facets.of())
                        .info())
                .isEmpty();
        assertThat(inspection(new BadBlockException("a", 0, "read"), Facets.of())
                        .info())
                .isEmpty();
    }

    /** Nobody knows whether what could not be read is damaged. */
    @Test
    void aDeviceThatFailsIsNoDamage() {
        DeviceIoException failure = new DeviceIoException("a", "read failed", 0, 16, null);
        assertThatThrownBy(() -> inspection(failure, Facets.of()).info()).isSameAs(failure);
    }

    @Test
    void givesTheFirstToolOfAType() {
        Compaction first = () -> {};
        Compaction second = () -> {};
        ToolInspection inspection = inspection(
                new DeviceIoException("a", "read failed", 0, 16, null),
                Facets.of(first).and(Facets.of(second)));
        assertThat(inspection.facet(Compaction.class)).containsSame(first);
        assertThat(inspection.facet(Growth.class)).isEmpty();
        inspection.close();
        assertThat(requests).containsExactly("a close");
        assertThatThrownBy(() -> inspection.facet(Compaction.class)).isInstanceOf(IllegalStateException.class);
    }
}
