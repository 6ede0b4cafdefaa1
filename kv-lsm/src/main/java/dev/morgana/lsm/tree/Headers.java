package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.DeviceException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first bytes of every page say; each page is read once. */
public final class Headers {
    /** A meta page: its number, its header, and the bytes read so far. */
    public record MetaPage(int page, PageHeader.Meta header, byte[] prefix) {}

    private final List<MetaPage> metaPages = new ArrayList<>();
    private final PageHeader.@Nullable Data[] data;
    private final BitSet erased = new BitSet();

    private Headers(int count) {
        this.data = new PageHeader.Data[count];
    }

    /** Reads the beginning of every page. */
    public static Headers read(Pages pages) throws DeviceException {
        Headers headers = new Headers(pages.count());
        Shape shape = pages.shape();
        Map<Integer, MetaPage> found = new HashMap<>();
        for (int page = 0; page < pages.count(); page++) {
            byte[] prefix = pages.read(page, 0, PageHeader.prefixBytes(shape));
            Optional<PageHeader> header = PageHeader.decode(shape, prefix, page);
            if (header.isEmpty()) {
                headers.erased.set(page, isErased(prefix, shape));
            } else if (header.get() instanceof PageHeader.Meta meta) {
                found.put(page, new MetaPage(page, meta, prefix));
            } else if (header.get() instanceof PageHeader.Data one) {
                headers.data[page] = one;
            }
        }
        found.values().stream()
                .sorted(Comparator.comparingLong((MetaPage meta) -> -meta.header.generation())
                        .thenComparingInt(MetaPage::page))
                .forEach(headers.metaPages::add);
        return headers;
    }

    private static boolean isErased(byte[] bytes, Shape shape) {
        for (byte one : bytes) {
            if (one != shape.eraseValue()) {
                return false;
            }
        }
        return true;
    }

    /** The meta pages, the newest first. */
    public List<MetaPage> metaPages() {
        return metaPages;
    }

    /** The header of a page, or null if it is no data page. */
    public PageHeader.@Nullable Data data(int page) {
        return data[page];
    }

    /** The pages whose beginning is erased. */
    BitSet erased() {
        return erased;
    }
}
