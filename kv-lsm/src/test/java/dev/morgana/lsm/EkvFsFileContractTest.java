package dev.morgana.lsm;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreOverDriverTck;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract of files on files. */
class EkvFsFileContractTest extends StoreOverDriverTck {
    @TempDir
    private static Path folder;

    @Override
    protected StoreFixture fixture() {
        return new EkvFsFixture(
                List.of(EkvFsFixture.variant(Config.P512_E00, 250, 256, 320)),
                Media.ofDriver(new FileDriver(), folder),
                3);
    }
}
