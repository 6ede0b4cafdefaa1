package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.DeviceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first bytes of every page say; each page is read once. */
public final class Headers {
    /** A meta page: its number, its header, and the bytes read so far. */
    public record MetaPage(int page, PageHeader.Meta header, byte[] prefix) {}

    private final List<MetaPage> metaPages = new ArrayList<>();
    private final PageHeader.@Nullable Data[] data;

    private Headers(int count) {
        this.data = new PageHeader.Data[count];
    }

    /** Reads the beginning of every page. */
    public static Headers read(Pages pages) throws DeviceException {
        Headers headers = new Headers(pages.count());
        Shape shape = pages.shape();
        for (int page = 0; page < pages.count(); page++) {
            byte[] prefix = pages.read(page, 0, PageHeader.prefixBytes(shape));
            Optional<PageHeader> header = PageHeader.decode(shape, prefix, page);
            if (header.isPresent() && header.get() instanceof PageHeader.Meta meta) {
                headers.metaPages.add(new MetaPage(page, meta, prefix));
            } else if (header.isPresent() && header.get() instanceof PageHeader.Data one) {
                headers.data[page] = one;
            }
        }
        headers.metaPages.sort(Comparator.comparingLong((MetaPage meta) -> -meta.header.generation())
                .thenComparingInt(MetaPage::page));
        return headers;
    }

    /** The meta pages, the newest first. */
    public List<MetaPage> metaPages() {
        return metaPages;
    }

    /** The header of a page, or null if it is no data page. */
    public PageHeader.@Nullable Data data(int page) {
        return data[page];
    }
}
