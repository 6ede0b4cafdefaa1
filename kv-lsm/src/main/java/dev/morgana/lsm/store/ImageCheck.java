package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.tree.FileTable;
import dev.morgana.lsm.tree.Headers;
import dev.morgana.lsm.tree.LsmFile;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.function.Consumer;

/** Checks the meta log, every page of every file, and (deeply) every record. */
final class ImageCheck implements Check {
    private final Pages pages;
    private final WriteTurn turn;
    private final TreeSource source;

    ImageCheck(Pages pages, WriteTurn turn, TreeSource source) {
        this.pages = pages;
        this.turn = turn;
        this.source = source;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        turn.writing(() -> {
            Headers headers = Headers.read(pages);
            Tree tree;
            try {
                tree = source.get();
            } catch (CorruptStoreException e) {
                findings.accept(error("cannot-mount", e, ""));
                return true;
            }
            checkMetaPages(headers, tree, findings);
            try (Snapshot snapshot = tree.snapshot()) {
                checkFlags(snapshot.table(), tree, findings);
                for (int number : snapshot.table().numbers()) {
                    LsmFile file = snapshot.table().file(number);
                    if (file != null) {
                        checkFile(number, file, snapshot, headers, depth, findings);
                    }
                }
            }
            return true;
        });
    }

    private static Finding error(String rule, CorruptStoreException e, String subject) {
        return new Finding(Severity.ERROR, rule, e.position(), e.expected(), e.found(), subject, false);
    }

    private void checkMetaPages(Headers headers, Tree tree, Consumer<Finding> findings) {
        for (Headers.MetaPage meta : headers.metaPages()) {
            if (meta.page() == tree.metaPage()) {
                continue;
            }
            boolean newer = meta.header().generation() >= tree.generation();
            findings.accept(new Finding(
                    newer ? Severity.WARNING : Severity.INFO,
                    newer ? "unfinished-meta-page" : "stale-meta-page",
                    pages.at(meta.page(), 0, "meta page"),
                    "one meta page, of generation " + tree.generation(),
                    "another one, of generation " + meta.header().generation(),
                    "",
                    true));
        }
        if (!tree.isMetaPageWhole()) {
            findings.accept(new Finding(
                    Severity.INFO,
                    "unfinished-commit",
                    pages.at(tree.metaPage(), 0, "meta page"),
                    "erased space behind the last chunk",
                    "what a commit left that was cut",
                    "",
                    true));
        }
    }

    private void checkFlags(FileTable table, Tree tree, Consumer<Finding> findings) {
        long destinations = 0;
        long sources = 0;
        for (int number : table.numbers()) {
            destinations += table.flags(number) & 1;
            sources += table.flags(number) >> 1 & 1;
        }
        boolean wrong = destinations > 1 || (destinations == 0) != (sources == 0);
        if (wrong || (destinations == 0 && table.file(0) != null)) {
            findings.accept(new Finding(
                    Severity.ERROR,
                    "compaction-flags",
                    pages.at(tree.metaPage(), 0, "meta log"),
                    "one destination and its sources, or neither, and then no file 0",
                    destinations + " destinations, " + sources + " sources",
                    "",
                    false));
        }
    }

    private void checkFile(
            int number, LsmFile file, Snapshot snapshot, Headers headers, Depth depth, Consumer<Finding> findings)
            throws StoreException {
        String subject = "file " + number;
        for (int i = 0; i < file.pageCount(); i++) {
            checkBoundary(file, i, headers, subject, findings);
            try {
                snapshot.verify(file, i);
            } catch (CorruptStoreException e) {
                findings.accept(error("damaged-page", e, subject));
            }
        }
        if (depth == Depth.DEEP) {
            try {
                snapshot.forEach(file, record -> record.value());
            } catch (CorruptStoreException e) {
                findings.accept(error("damaged-record", e, subject));
            }
        }
    }

    private void checkBoundary(LsmFile file, int index, Headers headers, String subject, Consumer<Finding> findings) {
        PageHeader.Data header = headers.data(file.page(index));
        if (header == null || header.boundary() == PageHeader.Data.NO_BOUNDARY) {
            return;
        }
        if (header.boundary() >= pages.shape().payload()) {
            findings.accept(new Finding(
                    Severity.ERROR,
                    "boundary",
                    pages.at(file.page(index), pages.shape().pageHeaderBytes(), "data header"),
                    "a boundary within the payload",
                    Integer.toString(header.boundary()),
                    subject,
                    false));
        }
    }
}
