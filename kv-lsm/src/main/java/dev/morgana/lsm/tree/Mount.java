package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.layout.SkipList;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of an image (section 13). It never writes. What a power loss left behind is passed over, also where the
 * reference implementation gives up (section 18).
 */
public final class Mount {
    private final Pages pages;
    private final Shape shape;
    private final Headers headers;
    private final PageCache cache;
    private final BitSet taken = new BitSet();

    private Mount(Pages pages, Headers headers, PageCache cache) {
        this.pages = pages;
        this.shape = pages.shape();
        this.headers = headers;
        this.cache = cache;
    }

    /** A meta page that counts, with its chunks. */
    private record Root(Headers.MetaPage meta, byte[] content, Chunks chunks, boolean newest) {}

    /**
     * Mounts the store on a flash.
     *
     * @param flash every page that the device has
     * @param seed where allocation begins
     * @param cacheBytes how many bytes of payload are kept in memory
     */
    public static Tree mount(Pages flash, long seed, long cacheBytes) throws StoreException {
        Headers headers = Headers.read(flash);
        PageCache cache = new PageCache(cacheBytes);
        Root root = root(flash, headers);
        int count = (int) root.meta.header().pageCount();
        Mount mount = new Mount(flash.first(count), headers, cache);
        FileTable table = mount.files(root);
        Allocator allocator = mount.allocator(root, seed);
        boolean appendable = root.newest && root.chunks.rest() == Chunks.Rest.ERASED;
        MetaLog log = new MetaLog(
                mount.pages,
                allocator,
                root.meta.page(),
                appendable ? root.chunks.end() : MetaLog.FULL,
                headers.metaPages().get(0).header().generation());
        return new Tree(new TreeState(mount.pages, cache, cacheBytes, allocator, log, table));
    }

    /** The newest meta page whose first chunk was finished, or that never had one. */
    private static Root root(Pages flash, Headers headers) throws StoreException {
        List<Root> unfinished = new ArrayList<>();
        for (Headers.MetaPage meta : headers.metaPages()) {
            checkPageCount(flash, meta);
            Root root = read(flash, meta, unfinished.isEmpty());
            if (root.chunks.payloadLength() > 0 || root.chunks.rest() == Chunks.Rest.ERASED) {
                return root;
            }
            unfinished.add(root);
        }
        if (unfinished.size() == 1) {
            return unfinished.get(0); // what was cut is the first commit after formatting
        }
        throw flash.corrupt(
                unfinished.isEmpty() ? 0 : unfinished.get(0).meta.page(),
                0,
                "meta page",
                "one that is whole, on any page",
                unfinished.isEmpty() ? "none" : unfinished.size() + " that are not");
    }

    private static void checkPageCount(Pages flash, Headers.MetaPage meta) throws CorruptStoreException {
        long count = meta.header().pageCount();
        if (count > flash.count() || meta.page() >= count) {
            throw flash.corrupt(
                    meta.page(),
                    flash.shape().pageHeaderBytes(),
                    "meta header",
                    "a number of pages above " + meta.page() + ", at most " + flash.count(),
                    Long.toString(count));
        }
    }

    private static Root read(Pages flash, Headers.MetaPage meta, boolean newest) throws StoreException {
        Shape shape = flash.shape();
        byte[] content = Arrays.copyOf(meta.prefix(), shape.pageSize());
        int rest = meta.prefix().length;
        byte[] behind = flash.read(meta.page(), rest, shape.pageSize() - rest);
        System.arraycopy(behind, 0, content, rest, behind.length);
        Chunks chunks = Chunks.decode(shape, content, shape.metaStart());
        if (chunks.defect().isPresent()) {
            throw flash.corrupt(meta.page(), chunks.defect().get());
        }
        return new Root(meta, content, chunks, newest);
    }

    private FileTable files(Root root) throws StoreException {
        taken.set(root.meta.page());
        MetaEntry[] entries = new MetaEntry[shape.files()];
        for (Chunks.Span chunk : root.chunks.spans()) {
            for (int place = 0; place < chunk.length(); place += MetaEntry.BYTES) {
                int offset = chunk.payload() + place;
                if (place + MetaEntry.BYTES > chunk.length()) {
                    throw corrupt(root, offset, "whole entries of 8 bytes", chunk.length() - place + " bytes");
                }
                MetaEntry entry = MetaEntry.decode(root.content, offset);
                check(root, offset, entry);
                entries[entry.file()] = entry;
            }
        }
        FileTable table = new FileTable(shape.files());
        for (MetaEntry entry : entries) {
            if (entry != null && !entry.isEmpty()) {
                table = table.with(entry.file(), file(entry), entry.flags());
            }
        }
        return table;
    }

    private void check(Root root, int offset, MetaEntry entry) throws CorruptStoreException {
        if (entry.file() >= shape.files()) {
            throw corrupt(root, offset, "a file below " + shape.files(), "file " + entry.file());
        }
        if (!entry.isEmpty() && entry.lastPage() >= pages.count()) {
            throw corrupt(root, offset + 2, "a page below " + pages.count(), "page " + entry.lastPage());
        }
        if (entry.isEmpty() && entry.firstPosition() != 0) {
            throw corrupt(root, offset + 4, "position 0 of an empty file", "" + entry.firstPosition());
        }
    }

    private CorruptStoreException corrupt(Root root, int offset, String expected, String found) {
        return pages.corrupt(root.meta.page(), offset, "meta entry", expected, found);
    }

    private LsmFile file(MetaEntry entry) throws StoreException {
        int last = entry.lastPage();
        PageHeader.Data header = header(last);
        int start = shape.dataStart();
        byte[] content = new byte[shape.pageSize()];
        byte[] body = pages.read(last, start, shape.pageSize() - start);
        System.arraycopy(body, 0, content, start, body.length);
        Chunks chunks = Chunks.decode(shape, content, start);
        if (chunks.defect().isPresent()) {
            throw pages.corrupt(last, chunks.defect().get());
        }
        long end = header.start() + chunks.payloadLength();
        boolean missing = chunks.payloadLength() == 0 && shape.crc();
        if (missing || entry.firstPosition() >= end || end > 0xffffffffL) {
            throw pages.corrupt(
                    last,
                    start,
                    "last page of file " + entry.file(),
                    "payload behind position " + entry.firstPosition(),
                    "payload from " + header.start() + " to " + end);
        }
        checkAlignment(last, content, chunks);
        cache.put(last, chunks.payload(content));
        boolean appendable = chunks.rest() == Chunks.Rest.ERASED;
        return chain(entry, new LsmFile.Tail(end, chunks.end(), appendable, header.skipList()));
    }

    /** A chunk that begins where the padding should be belongs to an image of a smaller alignment. */
    private void checkAlignment(int page, byte[] content, Chunks chunks) throws CorruptStoreException {
        if (chunks.rest() == Chunks.Rest.ERASED || chunks.spans().isEmpty()) {
            return;
        }
        Chunks.Span last = chunks.spans().get(chunks.spans().size() - 1);
        for (int place = last.payload() + last.length(); place < chunks.end(); place++) {
            if (Chunks.isChunk(shape, content, place)) {
                throw pages.corrupt(
                        page, place, "chunk", "one at a multiple of " + shape.align() + " bytes", "one between");
            }
        }
    }

    /** Walks back from the last page to the one that holds the first position. */
    private LsmFile chain(MetaEntry entry, LsmFile.Tail tail) throws StoreException {
        List<Integer> numbers = new ArrayList<>();
        int page = entry.lastPage();
        PageHeader.Data header = header(page);
        take(page);
        numbers.add(page);
        while (header.start() > entry.firstPosition()) {
            int before = before(page, header, entry);
            PageHeader.Data earlier = header(before);
            take(before);
            numbers.add(before);
            page = before;
            header = earlier;
        }
        return reversed(numbers, entry.firstPosition(), tail);
    }

    /**
     * The page before a page: entry 0 of its skip list. Where that is missing, a higher entry may lead to the same page;
     * whether it does, shows when the page is read.
     */
    private int before(int page, PageHeader.Data header, MetaEntry entry) throws CorruptStoreException {
        for (int candidate : header.skipList().entries()) {
            if (candidate != SkipList.NONE) {
                PageHeader.Data earlier = header(candidate);
                if (earlier.start() >= header.start()) {
                    throw pages.corrupt(
                            candidate,
                            shape.pageHeaderBytes(),
                            "data header",
                            "a position below " + header.start(),
                            Long.toString(earlier.start()));
                }
                return candidate;
            }
        }
        throw pages.corrupt(
                page,
                shape.pageHeaderBytes() + 4,
                "skip list",
                "the page before, down to position " + entry.firstPosition(),
                "none");
    }

    private LsmFile reversed(List<Integer> lastFirst, long first, LsmFile.Tail tail) throws CorruptStoreException {
        int count = lastFirst.size();
        int[] numbers = new int[count];
        long[] starts = new long[count];
        int[] boundaries = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = lastFirst.get(count - 1 - i);
            PageHeader.Data header = header(numbers[i]);
            starts[i] = header.start();
            boundaries[i] = header.boundary();
        }
        return new LsmFile(numbers, starts, boundaries, first, tail);
    }

    private PageHeader.Data header(int page) throws CorruptStoreException {
        PageHeader.@Nullable Data header = page < pages.count() ? headers.data(page) : null;
        if (header == null) {
            int place = Math.min(page, pages.count() - 1);
            throw pages.corrupt(place, 0, "data page", "a valid header of page " + page, "none");
        }
        return header;
    }

    private void take(int page) throws CorruptStoreException {
        if (taken.get(page)) {
            throw pages.corrupt(page, 0, "data page", "a page of one file", "a page of two, or of the meta log");
        }
        taken.set(page);
    }

    private Allocator allocator(Root root, long seed) {
        Allocator allocator = new Allocator(pages, seed);
        allocator.use(root.meta.page());
        taken.stream().forEach(allocator::use);
        return allocator;
    }
}
