package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.tree.FileTable;
import dev.morgana.lsm.tree.LsmFile;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Every page that begins with a header, with its chunks. */
final class ImageDump implements Dump {
    private final Pages pages;
    private final WriteTurn turn;
    private final TreeSource source;

    ImageDump(Pages pages, WriteTurn turn, TreeSource source) {
        this.pages = pages;
        this.turn = turn;
        this.source = source;
    }

    @Override
    public void dump(LongPredicate wanted, Consumer<Structure> structures) throws StoreException {
        turn.writing(() -> {
            Map<Integer, String> roles = roles();
            for (int page = 0; page < pages.count(); page++) {
                if (wanted.test(page)) {
                    dump(page, roles.getOrDefault(page, "none"), structures);
                }
            }
            return true;
        });
    }

    /** What each page is for in the state that counts; nothing for an image that cannot be mounted. */
    private Map<Integer, String> roles() throws StoreException {
        Map<Integer, String> roles = new HashMap<>();
        try {
            Tree tree = source.get();
            roles.put(tree.metaPage(), "meta log");
            try (Snapshot snapshot = tree.snapshot()) {
                FileTable table = snapshot.table();
                for (int number : table.numbers()) {
                    LsmFile file = table.file(number);
                    for (int i = 0; file != null && i < file.pageCount(); i++) {
                        roles.put(file.page(i), "file " + number);
                    }
                }
            }
        } catch (CorruptStoreException e) {
            roles.clear(); // the pages are shown all the same
        }
        return roles;
    }

    private void dump(int page, String role, Consumer<Structure> structures) throws StoreException {
        Shape shape = pages.shape();
        byte[] content = pages.read(page, 0, shape.pageSize());
        Optional<PageHeader> header = PageHeader.decode(shape, content, page);
        if (header.isEmpty()) {
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("partOf", role);
        boolean isMeta = header.get() instanceof PageHeader.Meta;
        if (header.get() instanceof PageHeader.Meta meta) {
            fields.put("pageCount", Long.toString(meta.pageCount()));
            fields.put("generation", Long.toString(meta.generation()));
        } else if (header.get() instanceof PageHeader.Data data) {
            fields.put("position", Long.toString(data.start()));
            fields.put("skipList", Arrays.toString(data.skipList().entries()));
            fields.put("boundary", Integer.toString(data.boundary()));
        }
        int start = isMeta ? shape.metaStart() : shape.dataStart();
        String name = isMeta ? "meta page" : "data page";
        structures.accept(new Structure(pages.at(page, 0, name), shape.pageSize(), 0, fields, true));
        dumpChunks(page, content, Chunks.decode(shape, content, start), isMeta, structures);
    }

    private void dumpChunks(int page, byte[] content, Chunks chunks, boolean isMeta, Consumer<Structure> structures) {
        int header = pages.shape().chunkHeaderBytes();
        for (Chunks.Span chunk : chunks.spans()) {
            structures.accept(new Structure(
                    pages.at(page, chunk.payload() - header, "chunk"),
                    header + chunk.length(),
                    1,
                    Map.of("payload", Integer.toString(chunk.length())),
                    true));
            for (int place = 0; isMeta && place + MetaEntry.BYTES <= chunk.length(); place += MetaEntry.BYTES) {
                structures.accept(entry(page, chunk.payload() + place, content));
            }
        }
        chunks.defect()
                .ifPresent(defect -> structures.accept(new Structure(
                        pages.at(page, chunks.end(), "chunk"),
                        header,
                        1,
                        Map.of("expected", defect.expected(), "found", defect.found()),
                        false)));
    }

    private Structure entry(int page, int offset, byte[] content) {
        MetaEntry entry = MetaEntry.decode(content, offset);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("file", Integer.toString(entry.file()));
        fields.put("flags", Integer.toString(entry.flags()));
        fields.put("lastPage", entry.isEmpty() ? "none" : Integer.toString(entry.lastPage()));
        fields.put("firstPosition", Long.toString(entry.firstPosition()));
        return new Structure(pages.at(page, offset, "meta entry"), MetaEntry.BYTES, 2, fields, true);
    }
}
