package dev.morgana.cli;

import dev.morgana.cli.exchange.UnfitException;
import dev.morgana.spi.error.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An error, for people and for scripts.
 *
 * @param message one line
 * @param code how the command ends
 */
record Complaint(String message, ExitCode code) {
    static Complaint of(Exception error) {
        if (error instanceof StoreException store) {
            return new Complaint(
                    firstLine(store.getMessage()),
                    HostError.isDiskFull(store) ? ExitCode.NO_SPACE : ExitCode.of(store));
        }
        if (error instanceof UsageException usage) {
            return new Complaint(firstLine(usage.getMessage()), usage.code());
        }
        if (error instanceof UnfitException) {
            return new Complaint(firstLine(error.getMessage()), ExitCode.USAGE);
        }
        if (error instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return of(unchecked.getCause());
        }
        if (error instanceof IOException host) {
            return new Complaint(
                    firstLine(HostError.describe(host)),
                    HostError.isDiskFull(host) ? ExitCode.NO_SPACE : ExitCode.INPUT_OUTPUT);
        }
        String what = error.getMessage() == null ? "an error of Morgana's own" : firstLine(error.getMessage());
        return new Complaint("this should not happen: " + what + "; --stacktrace shows where", ExitCode.INPUT_OUTPUT);
    }

    static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
