package dev.morgana.lsm.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of pages that were given up while older states that need them are read. With a copy in memory the page itself can be
 * reused, so that readers do not take up flash.
 */
final class Preserved {
    /** The payload of a page as it was in every state before a version. */
    private record Copy(long version, byte[] payload) {}

    private final long mostBytes;
    private final Map<Integer, Deque<Copy>> copies = new HashMap<>();
    private long bytes;

    /** States before this version have been closed. */
    private long closed;

    Preserved(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Whether a copy of so many bytes may be kept. */
    synchronized boolean hasRoom(int length) {
        return bytes + length <= mostBytes;
    }

    /** Keeps a payload for the states before a version. */
    synchronized void keep(int page, long version, byte[] payload) {
        copies.computeIfAbsent(page, key -> new ArrayDeque<>()).addLast(new Copy(version, payload));
        bytes += payload.length;
    }

    /** The payload that a page had in a state, if the page has been reused since. */
    synchronized byte @Nullable [] find(int page, long version) {
        for (Copy copy : copies.getOrDefault(page, new ArrayDeque<>())) {
            if (copy.version > version) {
                return copy.payload;
            }
        }
        return null;
    }

    /**
     * Puts what a state has read from a page into the cache, unless the page has been reused meanwhile, as may be once the
     * state was closed under its reader; returns what the state must use.
     */
    synchronized byte[] cached(PageCache cache, int page, long version, byte[] payload) {
        byte[] copy = find(page, version);
        if (copy != null) {
            return copy;
        }
        if (version >= closed) {
            cache.put(page, payload);
        }
        return payload;
    }

    /** Forgets what only states before a version need. */
    synchronized void forget(long version) {
        closed = version;
        Iterator<Deque<Copy>> each = copies.values().iterator();
        while (each.hasNext()) {
            Deque<Copy> ofPage = each.next();
            while (!ofPage.isEmpty() && ofPage.getFirst().version <= version) {
                bytes -= ofPage.removeFirst().payload.length;
            }
            if (ofPage.isEmpty()) {
                each.remove();
            }
        }
    }
}
