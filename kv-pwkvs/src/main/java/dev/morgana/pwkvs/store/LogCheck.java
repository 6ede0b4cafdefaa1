package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.LogWalk;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Verifies every entry, the space behind every log, and the number of copies of every key. */
record LogCheck(Kvs kvs, StoreLock lock) implements Check {
    /** The newest entry of a key. */
    private record Newest(int transaction, int copies, LogWalk.Piece piece) {}

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        lock.holding(() -> {
            Map<String, Newest> keys = new HashMap<>();
            boolean empty = false;
            LogWalk walk = new LogWalk(kvs.flash(), kvs.settings());
            for (int sector = 0; sector < kvs.settings().sectorCount(); sector++) {
                try {
                    List<LogWalk.Piece> pieces = walk.pieces(sector);
                    pieces.forEach(piece -> examine(piece, keys, findings));
                    empty |= pieces.get(0).isErased();
                } catch (DeviceException e) {
                    findings.accept(finding(
                            Severity.ERROR, "unreadable-sector", address(sector), "readable flash", e.toString(), ""));
                }
            }
            if (!empty) {
                findings.accept(finding(Severity.WARNING, "no-empty-sector", 0, "an empty sector", "none", ""));
            }
            keys.forEach((key, newest) -> countCopies(key, newest, findings));
            return true;
        });
    }

    private long address(int sector) {
        return (long) sector * kvs.settings().sectorSize();
    }

    private void examine(LogWalk.Piece piece, Map<String, Newest> keys, Consumer<Finding> findings) {
        if (!piece.problem().isEmpty()) {
            findings.accept(
                    finding(Severity.ERROR, "damaged-entry", piece.address(), "an intact entry", piece.problem(), ""));
        }
        piece.entry()
                .ifPresent(header -> keys.merge(
                        Key.escape(piece.key()), new Newest(header.transactionId(), 1, piece), LogCheck::newer));
    }

    private static Newest newer(Newest one, Newest other) {
        int order = Integer.compareUnsigned(one.transaction(), other.transaction());
        if (order == 0) {
            return new Newest(one.transaction(), one.copies() + 1, one.piece());
        }
        return order > 0 ? one : other;
    }

    private void countCopies(String key, Newest newest, Consumer<Finding> findings) {
        Settings settings = kvs.settings();
        if (newest.copies() < settings.redundancy()) {
            findings.accept(finding(
                    Severity.WARNING,
                    "missing-copies",
                    newest.piece().address(),
                    settings.redundancy() + " copies",
                    newest.copies() + "",
                    key));
        }
    }

    private Finding finding(
            Severity severity, String rule, long address, String expected, String found, String subject) {
        return new Finding(severity, rule, kvs.flash().position(address, "sector"), expected, found, subject, true);
    }
}
