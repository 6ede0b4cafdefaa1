package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.function.Consumer;

/** Checks the database, and then that its keys make files. */
final class FileCheck implements Check {
    private final FileDatabase files;

    FileCheck(FileDatabase files) {
        this.files = files;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        files.ekv().facet(Check.class).orElseThrow().check(depth, findings);
        try {
            files.reading(reading -> {
                new FileFindings(reading, new Report(findings)).visit();
                return true;
            });
        } catch (CorruptStoreException e) {
            findings.accept(
                    new Finding(Severity.ERROR, "unreadable-keys", e.position(), e.expected(), e.found(), "", false));
        }
    }

    /** Makes findings of what is seen. */
    private final class Report implements FileFindings.Visitor {
        private final Consumer<Finding> findings;

        Report(Consumer<Finding> findings) {
            this.findings = findings;
        }

        private Position at(String structure) {
            return new Position(files.settings().device(), Position.NO_BLOCK, 0, structure);
        }

        @Override
        public void damaged(FilePath path, CorruptStoreException damage) {
            findings.accept(new Finding(
                    Severity.ERROR,
                    "damaged-file",
                    damage.position(),
                    damage.expected(),
                    damage.found(),
                    path.toString(),
                    false));
        }

        @Override
        public void unusual(FilePath path) {
            findings.accept(new Finding(
                    Severity.INFO,
                    "unusual-path",
                    at("metadata of " + path),
                    "a path such as /a/b, which is a key of a tree",
                    "another one, which is read by its exact text alone",
                    path.toString(),
                    false));
        }

        @Override
        public void orphan(byte[] key, FilePath.Chunk chunk) {
            findings.accept(new Finding(
                    Severity.WARNING,
                    "orphaned-chunk",
                    at("chunk " + chunk.number() + " of " + chunk.path()),
                    "metadata that counts it",
                    "none that does",
                    chunk.path().toString(),
                    true));
        }
    }
}
