package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.LogWalk;
import dev.morgana.pwkvs.sector.RollBack;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Verifies every entry, the space behind every log, and the number of copies of every key; tells what was rolled back. */
record ImageCheck(Kvs kvs, StoreLife life) implements Check {
    static final String DAMAGED_ENTRY = "damaged-entry";
    static final String UNREADABLE_SECTOR = "unreadable-sector";
    static final String NO_EMPTY_SECTOR = "no-empty-sector";
    static final String MISSING_COPIES = "missing-copies";
    static final String ROLLED_BACK = "rolled-back";

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        life.changing(() -> {
            new Examination(kvs, findings).run();
            return true;
        });
    }

    /** The newest entry of a key. */
    private record Newest(int transaction, int copies, LogWalk.Piece piece) {
        Newest newer(Newest other) {
            int order = Integer.compareUnsigned(transaction, other.transaction);
            if (order == 0) {
                return new Newest(transaction, copies + 1, piece);
            }
            return order > 0 ? this : other;
        }
    }

    /** One check. */
    private static final class Examination {
        private final Kvs kvs;
        private final Settings settings;
        private final Consumer<Finding> findings;
        private final Map<String, Newest> keys = new LinkedHashMap<>();
        private final List<RollBack> suspects = new ArrayList<>();

        Examination(Kvs kvs, Consumer<Finding> findings) {
            this.kvs = kvs;
            this.settings = kvs.settings();
            this.findings = findings;
        }

        void run() throws StoreException {
            LogWalk walk = new LogWalk(kvs.flash(), settings);
            boolean empty = false;
            for (int sector = 0; sector < settings.sectorCount(); sector++) {
                try {
                    List<LogWalk.Piece> pieces = walk.pieces(sector);
                    pieces.forEach(this::examine);
                    empty |= pieces.get(0).isErased();
                } catch (BadBlockException e) {
                    long address = (long) sector * settings.sectorSize();
                    report(Severity.ERROR, UNREADABLE_SECTOR, address, "readable flash", e.toString(), "");
                }
            }
            if (!empty) {
                report(Severity.WARNING, NO_EMPTY_SECTOR, 0, "an empty sector", "none", "");
            }
            keys.forEach(this::countCopies);
            suspects.forEach(this::compareWithNewest);
        }

        private void examine(LogWalk.Piece piece) {
            if (!piece.problem().isEmpty()) {
                report(Severity.ERROR, DAMAGED_ENTRY, piece.address(), "an intact entry", piece.problem(), "");
            }
            piece.suspect().ifPresent(suspects::add);
            piece.entry()
                    .ifPresent(header -> keys.merge(
                            Key.escape(piece.key()), new Newest(header.transactionId(), 1, piece), Newest::newer));
        }

        private void countCopies(String key, Newest newest) {
            if (newest.copies() < settings.redundancy()) {
                report(
                        Severity.WARNING,
                        MISSING_COPIES,
                        newest.piece().address(),
                        settings.redundancy() + " copies",
                        Integer.toString(newest.copies()),
                        key);
            }
        }

        private void compareWithNewest(RollBack suspect) {
            String key = Key.escape(suspect.key());
            Newest newest = keys.get(key);
            long current = newest == null ? -1 : Integer.toUnsignedLong(newest.transaction());
            if (suspect.transaction() > current) {
                report(
                        Severity.WARNING,
                        ROLLED_BACK,
                        suspect.address(),
                        "transaction " + suspect.transaction() + ", which is damaged",
                        newest == null ? "no other entry" : "transaction " + current + " counts instead",
                        key);
            }
        }

        private void report(
                Severity severity, String rule, long address, String expected, String found, String subject) {
            findings.accept(new Finding(
                    severity, rule, kvs.flash().position(address, "sector"), expected, found, subject, true));
        }
    }
}
