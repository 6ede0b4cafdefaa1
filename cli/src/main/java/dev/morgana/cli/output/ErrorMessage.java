package dev.morgana.cli.output;

import dev.morgana.cli.exchange.host.FileErrors;
import dev.morgana.cli.exchange.host.TransferException;
import dev.morgana.cli.extension.VerbException;
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
public record ErrorMessage(String message, ExitCode code) {
    public static ErrorMessage of(Exception error) {
        if (error instanceof StoreException store) {
            return new ErrorMessage(
                    firstLine(store.getMessage()),
                    FileErrors.isDiskFull(store) ? ExitCode.NO_SPACE : ExitCode.of(store));
        }
        if (error instanceof UsageException usage) {
            return new ErrorMessage(firstLine(usage.getMessage()), usage.code());
        }
        if (error instanceof VerbException verb) {
            return new ErrorMessage(
                    firstLine(verb.getMessage()), verb.isUsage() ? ExitCode.USAGE : ExitCode.INPUT_OUTPUT);
        }
        if (error instanceof TransferException) {
            return new ErrorMessage(firstLine(error.getMessage()), ExitCode.USAGE);
        }
        if (error instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return of(unchecked.getCause());
        }
        if (error instanceof IOException host) {
            return new ErrorMessage(
                    firstLine(FileErrors.describe(host)),
                    FileErrors.isDiskFull(host) ? ExitCode.NO_SPACE : ExitCode.INPUT_OUTPUT);
        }
        String what = error.getMessage() == null ? "a bug in Morgana" : firstLine(error.getMessage());
        return new ErrorMessage(
                "this should not happen: " + what + "; --stacktrace shows where", ExitCode.INPUT_OUTPUT);
    }

    public static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
