package dev.morgana.littlefs.check;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.function.Consumer;

/** Where a check puts what it finds. */
public final class Findings {
    private final Consumer<Finding> sink;

    public Findings(Consumer<Finding> sink) {
        this.sink = sink;
    }

    public void error(String rule, Position where, String expected, String found, String subject) {
        sink.accept(new Finding(Severity.ERROR, rule, where, expected, found, subject, false));
    }

    void warning(String rule, Position where, String expected, String found, String subject) {
        sink.accept(new Finding(Severity.WARNING, rule, where, expected, found, subject, false));
    }

    /** Something that a writable mount puts right. */
    public void repairable(String rule, Position where, String expected, String found, String subject) {
        sink.accept(new Finding(Severity.WARNING, rule, where, expected, found, subject, true));
    }

    /** Something as it may be, which a writable mount clears all the same. */
    void note(String rule, Position where, String expected, String found, String subject) {
        sink.accept(new Finding(Severity.INFO, rule, where, expected, found, subject, true));
    }

    void info(String rule, Position where, String expected, String found, String subject) {
        sink.accept(new Finding(Severity.INFO, rule, where, expected, found, subject, false));
    }

    /** An error that reading would end with. */
    public void error(String rule, Position where, StoreException reason, String subject) {
        if (reason instanceof CorruptStoreException corrupt) {
            error(rule, corrupt.position(), corrupt.expected(), corrupt.found(), subject);
        } else if (reason instanceof UnsupportedFormatException unsupported) {
            error(rule, where, unsupported.supported(), unsupported.found(), subject);
        } else {
            error(rule, where, "what the options say", String.valueOf(reason.getMessage()), subject);
        }
    }
}
