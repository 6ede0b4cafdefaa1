package dev.morgana.spi.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreLifeTest {
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<DeviceException> failures = new ArrayList<>();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void endOthers() {
        others.shutdownNow();
    }

    private List<NotedDevice> devices(boolean fail) {
        return List.of(new NotedDevice("a", fail, requests), new NotedDevice("b", false, requests));
    }

    private StoreLife shared() {
        return StoreLife.shared(List.copyOf(devices(false)), failures::add);
    }

    @Test
    void closesEachDeviceOnceAndCollectsFailures() {
        StoreLife life = StoreLife.shared(List.copyOf(devices(true)), failures::add);
        life.close();
        life.close();
        assertThat(requests).containsExactly("a close", "b close");
        assertThat(failures).singleElement().extracting(DeviceException::device).isEqualTo("a");
    }

    @Test
    void refusesEveryUseAfterTheEnd() throws StoreException {
        StoreLife life = shared();
        life.close();
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> uses = List.of(
                life::requireOpen,
                () -> life.reading(() -> 1),
                () -> life.looking(() -> 1),
                () -> life.preparing(() -> 1),
                () -> life.changing(() -> 1),
                () -> life.change(() -> {}));
        assertThat(uses).allSatisfy(use -> assertThatThrownBy(use).isInstanceOf(IllegalStateException.class));
        assertThat(life.isClosed()).isTrue();
        life.releasing(() -> requests.add("released"));
        assertThat(requests).contains("released");
    }

    @Test
    void readersGoBesideOneAnotherAndBesideAWriterThatPrepares() throws Exception {
        StoreLife life = shared();
        int answer = life.preparing(() -> life.reading(() -> other(() -> life.reading(() -> 42))));
        assertThat(answer).isEqualTo(42);
    }

    @Test
    void aThreadReadsWhileItChanges() throws StoreException {
        StoreLife life = shared();
        assertThat(life.<Integer>preparing(() -> life.changing(() -> life.reading(() -> 7))))
                .isEqualTo(7);
        StoreLife exclusive = StoreLife.exclusive(List.of(), failures::add);
        assertThat(exclusive.<Integer>changing(() -> exclusive.reading(() -> 8)))
                .isEqualTo(8);
    }

    @Test
    void aChangeWaitsForReadersAndCloseForTheChange() throws Exception {
        StoreLife life = shared();
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<Boolean> reader = others.submit(() -> life.reading(() -> {
            reads.countDown();
            await(mayEnd);
            return requests.add("read");
        }));
        reads.await();
        Future<?> change = others.submit(() -> {
            life.change(() -> requests.add("changed"));
            return true;
        });
        mayEnd.countDown();
        reader.get();
        change.get();
        life.close();
        assertThat(requests).containsExactly("read", "changed", "a close", "b close");
    }

    @Test
    void anExclusiveLifeLetsOneReaderInAtATime() throws Exception {
        StoreLife life = StoreLife.exclusive(List.of(), failures::add);
        Future<Boolean> second = life.reading(() -> {
            Future<Boolean> waiting = others.submit(() -> life.reading(() -> requests.add("second")));
            requests.add("first");
            assertThat(waiting.isDone()).isFalse();
            return waiting;
        });
        second.get();
        assertThat(requests).containsExactly("first", "second");
    }

    @Test
    void aThreadThatReadsIsRefusedWhatItWouldWaitForForEver() throws StoreException {
        StoreLife life = shared();
        life.reading(() -> {
            assertThatThrownBy(() -> life.change(() -> {})).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(life::close).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> life.releasing(() -> {})).isInstanceOf(IllegalStateException.class);
            return true;
        });
        assertThat(life.isClosed()).isFalse();
        life.close();
        assertThat(requests).containsExactly("a close", "b close");
    }

    /** A reader that waited for a change comes after its failure, and must not see what that left in memory. */
    @Test
    void aReaderThatWaitedForAFailingChangeFindsTheStateRestored() throws Exception {
        AtomicBoolean valid = new AtomicBoolean(true);
        StoreLife.Validity validity = new StoreLife.Validity() {
            @Override
            public boolean isValid() {
                return valid.get();
            }

            @Override
            public void restore() {
                valid.set(true);
                requests.add("restored");
            }
        };
        StoreLife life = StoreLife.validated(List.of(), failures::add, validity);
        CountDownLatch changes = new CountDownLatch(1);
        CountDownLatch mayFail = new CountDownLatch(1);
        Future<?> change = others.submit(() -> {
            life.change(() -> {
                changes.countDown();
                await(mayFail);
                valid.set(false);
                throw new InvalidRequestException("half done");
            });
            return true;
        });
        changes.await();
        Future<Boolean> reader = others.submit(() -> life.reading(() -> {
            requests.add("read");
            return valid.get();
        }));
        mayFail.countDown();
        assertThatThrownBy(change::get).hasCauseInstanceOf(InvalidRequestException.class);
        assertThat(reader.get()).isTrue();
        assertThat(requests).containsExactly("restored", "read");
    }

    private <T> T other(java.util.concurrent.Callable<T> work) {
        try {
            return others.submit(work).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
