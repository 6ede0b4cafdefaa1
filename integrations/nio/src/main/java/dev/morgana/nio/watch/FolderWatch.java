package dev.morgana.nio.watch;

import dev.morgana.nio.tree.ChangeListener.Change;
import dev.morgana.spi.key.Key;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.Watchable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One folder that is watched. Safe for use by many threads. */
final class FolderWatch implements WatchKey {
    /** More events than that, and those who wait are told that some are lost. */
    private static final int MOST_EVENTS = 512;

    private final Key folder;
    private final Path path;
    private final Function<Key, Path> names;
    private final Consumer<FolderWatch> queue;
    private final Consumer<FolderWatch> cancelled;
    private Set<WatchEvent.Kind<?>> kinds;
    private List<Event> events = new ArrayList<>();
    private boolean signalled;
    private boolean valid = true;

    FolderWatch(
            Key folder,
            Path path,
            Set<WatchEvent.Kind<?>> kinds,
            Function<Key, Path> names,
            Consumer<FolderWatch> queue,
            Consumer<FolderWatch> cancelled) {
        this.folder = folder;
        this.path = path;
        this.kinds = kinds;
        this.names = names;
        this.queue = queue;
        this.cancelled = cancelled;
    }

    private record Event(
            WatchEvent.Kind<Path> kind, @Nullable Path context, int count) implements WatchEvent<Path> {}

    boolean isOf(Key key) {
        return folder.equals(key);
    }

    synchronized void watchFor(Set<WatchEvent.Kind<?>> other) {
        kinds = other;
    }

    /** Takes note of a change, if it is one that is asked for. */
    synchronized void changed(Change change, Key key) {
        WatchEvent.Kind<Path> kind = switch (change) {
            case CREATED -> StandardWatchEventKinds.ENTRY_CREATE;
            case MODIFIED -> StandardWatchEventKinds.ENTRY_MODIFY;
            case REMOVED -> StandardWatchEventKinds.ENTRY_DELETE;
        };
        if (valid && kinds.contains(kind)) {
            add(kind, names.apply(key));
            signal();
        }
    }

    private void add(WatchEvent.Kind<Path> kind, Path name) {
        int last = events.size() - 1;
        if (last >= 0 && events.get(last).kind == kind && name.equals(events.get(last).context)) {
            events.set(last, new Event(kind, name, events.get(last).count + 1));
        } else if (events.size() < MOST_EVENTS) {
            events.add(new Event(kind, name, 1));
        } else if (!isOverflow(events.get(last))) {
            events.add(new Event(overflow(), null, 1));
        }
    }

    private static boolean isOverflow(Event event) {
        return event.context == null;
    }

    /** The kind of an event without a name, which its own declaration does not let stand among those with one. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static WatchEvent.Kind<Path> overflow() {
        return (WatchEvent.Kind) StandardWatchEventKinds.OVERFLOW;
    }

    private void signal() {
        if (!signalled) {
            signalled = true;
            queue.accept(this);
        }
    }

    @Override
    public synchronized boolean isValid() {
        return valid;
    }

    @Override
    public synchronized List<WatchEvent<?>> pollEvents() {
        List<WatchEvent<?>> polled = List.copyOf(events);
        events = new ArrayList<>();
        return polled;
    }

    @Override
    public synchronized boolean reset() {
        if (valid && signalled) {
            signalled = false;
            if (!events.isEmpty()) {
                signal();
            }
        }
        return valid;
    }

    @Override
    public void cancel() {
        synchronized (this) {
            valid = false;
        }
        cancelled.accept(this);
    }

    @Override
    public Watchable watchable() {
        return path;
    }
}
