package dev.morgana.fuse;

import dev.morgana.nio.tree.OpenFile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The open files by the numbers that the kernel has for them. */
final class OpenHandles {
    /** An open file, and whether it may be written. */
    record Handle(OpenFile file, boolean writes) {}

    private final Map<Long, Handle> handles = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong(1);

    long add(OpenFile file, boolean writes) {
        long number = next.getAndIncrement();
        handles.put(number, new Handle(file, writes));
        return number;
    }

    Handle get(long number) {
        return Optional.ofNullable(handles.get(number)).orElseThrow();
    }

    Optional<Handle> remove(long number) {
        return Optional.ofNullable(handles.remove(number));
    }
}
