package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rename whose device fails, while a reader waits for it: the reader comes first after the failure. */
@Timeout(120)
class FailedRenameTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 512, 64, ErasedState.ONES);
    private static final Key SOURCE = Key.of("a/file");
    private static final Key TARGET = Key.of("b/file");
    private static final Set<Thread.State> WAITING = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private static KeyValueStore content(FlakyDevice device) throws StoreException {
        LittleFs.format(device, Options.none());
        KeyValueStore store = Stores.open(device, Options.none());
        store.facet(Dictionaries.class).orElseThrow().create(Key.of("b"));
        store.set(SOURCE, new byte[] {1, 2, 3});
        return store;
    }

    /** How often a file is listed, in the one place or the other. */
    private static long listed(KeyValueStore store) throws StoreException {
        try (Stream<?> a = store.list(Key.of("a"));
                Stream<?> b = store.list(Key.of("b"))) {
            return a.count() + b.count();
        }
    }

    @Test
    void aWaitingReaderSeesTheFileOnce() throws Exception {
        int failed = 0;
        for (int operation = 0; ; operation++) {
            FlakyDevice device = new FlakyDevice(RamDevice.erased(GEOMETRY), FlakyDevice.Fault.DONE_BUT_FAILS);
            try (KeyValueStore store = content(device)) {
                FutureTask<Long> seen = new FutureTask<>(() -> listed(store));
                Thread reader = new Thread(seen, "reader");
                device.atFailure(() -> {
                    reader.start();
                    while (!WAITING.contains(reader.getState()) && reader.isAlive()) {
                        Thread.onSpinWait();
                    }
                });
                device.failAfter(operation);
                if (!renameFails(store)) {
                    break;
                }
                failed++;
                assertThat(seen.get())
                        .as("the file, when operation %d failed", operation)
                        .isEqualTo(1);
                assertThat(listed(store)).isEqualTo(1);
            }
        }
        assertThat(failed).isGreaterThan(2);
    }

    private static boolean renameFails(KeyValueStore store) throws StoreException {
        try {
            store.rename(SOURCE, TARGET, RenameMode.EXACT);
            return false;
        } catch (DeviceIoException e) {
            return true;
        }
    }

    @Test
    void aClosedStoreIsNotReadAfterAFailure() throws StoreException {
        FlakyDevice device = new FlakyDevice(RamDevice.erased(GEOMETRY), FlakyDevice.Fault.DONE_BUT_FAILS);
        KeyValueStore store = content(device);
        device.failAfter(0);
        assertThat(renameFails(store)).isTrue();
        store.close();
        assertThatThrownBy(() -> store.get(SOURCE)).isInstanceOf(IllegalStateException.class);
    }
}
