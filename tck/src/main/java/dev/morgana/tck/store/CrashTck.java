package dev.morgana.tck.store;

import dev.morgana.spi.key.Key;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operations;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

/** Item 75 of the contract: the power cut that every build plays. {@link DurabilityTck} has the longer ones. */
public abstract class CrashTck extends StoreContract {
    private static final Key A = Key.of("a");

    /** For subclasses. */
    protected CrashTck() {}

    @StoreTest
    @DisplayName("75: a crash after every program, erase and torn write: the store opens, every key is old or new")
    void crash(Bench bench, TestReporter reporter) throws Exception {
        ModelScenario scenario = ModelScenario.of(
                        "short scenario",
                        List.of(
                                new Operations.Put(A, new Content(30, 1), false),
                                new Operations.Put(Key.of("d/b"), new Content(40, 2), false),
                                new Operations.Remove(Key.of("old"))))
                .after(Changes.before());
        reporter.publishEntry("power loss", bench.powerLoss().run(scenario).toString());
    }
}
