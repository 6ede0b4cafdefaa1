package dev.morgana.lsm.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payloads of the pages that were used last. A page keeps its content until it is allocated again. */
final class PageCache {
    private final long mostBytes;
    private final LinkedHashMap<Integer, byte[]> payloads = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    PageCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized byte @Nullable [] get(int page) {
        return payloads.get(page);
    }

    synchronized void put(int page, byte[] payload) {
        remove(page);
        if (payload.length <= mostBytes) {
            payloads.put(page, payload);
            bytes += payload.length;
        }
        var eldest = payloads.entrySet().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            Map.Entry<Integer, byte[]> one = eldest.next();
            bytes -= one.getValue().length;
            eldest.remove();
        }
    }

    synchronized void remove(int page) {
        byte[] payload = payloads.remove(page);
        bytes -= payload == null ? 0 : payload.length;
    }
}
