package dev.morgana.lsm;

import dev.morgana.block.drivers.unix.NativeDriver;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import java.util.List;

/** The contract on files through the calls of the system. */
class EkvNativeContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new EkvFixture(
                List.of(Config.P128.variant(60), Config.P512_E00.variant(200)), DriverMedium.of(new NativeDriver()), 3);
    }
}
