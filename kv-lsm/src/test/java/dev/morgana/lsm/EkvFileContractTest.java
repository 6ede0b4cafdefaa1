package dev.morgana.lsm;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreOverDriverTck;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract on files. */
class EkvFileContractTest extends StoreOverDriverTck {
    @TempDir
    private static Path folder;

    @Override
    protected StoreFixture fixture() {
        return new EkvFixture(
                List.of(Config.P128.variant(60), Config.P512_E00.variant(200)),
                Media.ofDriver(new FileDriver(), folder),
                3);
    }
}
