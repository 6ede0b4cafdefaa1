package dev.morgana.nio;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The children of a folder as of when it was opened. */
final class FolderStream implements DirectoryStream<Path> {
    private final List<Path> children;
    private final Filter<? super Path> filter;
    private boolean taken;
    private volatile boolean closed;

    FolderStream(List<Path> children, Filter<? super Path> filter) {
        this.children = children;
        this.filter = filter;
    }

    @Override
    public synchronized Iterator<Path> iterator() {
        if (closed) {
            throw new IllegalStateException("Directory stream is closed");
        }
        if (taken) {
            throw new IllegalStateException("Iterator already obtained");
        }
        taken = true;
        return new Accepted(children.iterator());
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Accepted implements Iterator<Path> {
        private final Iterator<Path> all;
        private @Nullable Path ahead;

        Accepted(Iterator<Path> all) {
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            while (ahead == null && !closed && all.hasNext()) {
                Path next = all.next();
                try {
                    ahead = filter.accept(next) ? next : null;
                } catch (IOException e) {
                    throw new DirectoryIteratorException(e);
                }
            }
            return ahead != null;
        }

        @Override
        public Path next() {
            Path next = hasNext() ? ahead : null;
            if (next == null) {
                throw new NoSuchElementException();
            }
            ahead = null;
            return next;
        }
    }
}
