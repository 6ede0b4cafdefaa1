package dev.morgana.lsm;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import java.util.List;

/** The contract of files on files. */
class EkvFsFileContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new EkvFsFixture(
                List.of(EkvFsFixture.variant(Config.P512_E00, 250, 256, 320)), DriverMedium.of(new FileDriver()), 3);
    }
}
